/// How a sink keeps its promises: against a fake topic, and against a real broker where the name
/// ends with IT.
package io.tasktrail.sink;
