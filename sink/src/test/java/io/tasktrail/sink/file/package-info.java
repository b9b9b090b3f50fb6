/// Exactly once, in a file.
package io.tasktrail.sink.file;
