/// What a sink says of itself.
package io.tasktrail.sink.worker;
