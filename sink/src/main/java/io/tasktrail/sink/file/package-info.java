/// Lines in a file, exactly once: beside the file stands a checkpoint, how long it was when it was
/// last synced and which offsets come next. Whatever is behind that length is cut off before
/// anything is added.
///
/// Knows nothing of Kafka.
package io.tasktrail.sink.file;
