/// Lines on a stream.
package io.tasktrail.sink.console;
