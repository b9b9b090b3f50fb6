package io.tasktrail.event;

/// What a task executes.
///
/// @param filename as given to exec: may be relative, or `/dev/fd/N`
/// @param interpreter of a script; empty when the file was executed itself
/// @param executable the path as walked in the kernel; empty when it could not be walked
/// @param device major << 20 | minor
/// @param secure whether the exec gained privilege: set-user-id, set-group-id, file capabilities
/// @param unlinked whether the executable has no name: deleted, or a memfd
public record Image(
    ByteText filename,
    ByteText interpreter,
    ByteText executable,
    long device,
    long inode,
    boolean secure,
    boolean unlinked) {}
