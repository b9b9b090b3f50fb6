/// Lines on a stream that somebody looks at. Remembers nothing: at least once.
package io.tasktrail.sink.console;
