/// Lines in a file, exactly once: beside the file stands a checkpoint, how long it was when it was
/// last synced and which offsets come next. Whatever is behind that length is cut off before
/// anything is added.
///
/// A file that is long or old enough is finished. The checkpoint says first that it is, and what
/// its name will be; so whoever goes on after a crash, at any arrow, does the same:
///
///     lines are added ──▶ forced ──▶ checkpoint: LENGTH, finished NAME ──▶ renamed to NAME
///         ▲                                    │ a crash                     │ a crash
///         │                                    ▼                             ▼
///         │                         the current file has lines:    it is not there, or empty:
///         │                         cut to LENGTH, renamed ──────▶ it is the next one
///         │                                                                  │
///         └── checkpoint: length 0 of the next one ◀─ the next one is made ◀─┘
///
/// A file under its last name is whole and never changed. Between its rename and the next file
/// another sink might take the name of the current one: a lock on a third file keeps it out.
///
/// Begin with [FileDestination]. Knows nothing of Kafka.
package io.tasktrail.sink.file;
