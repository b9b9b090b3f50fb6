package io.tasktrail.event;

/// What a task executes.
///
/// @param filename as given to exec: may be relative, or `/dev/fd/N`
/// @param interpreter of a script; empty when the file was executed itself
/// @param executable the path as walked in the kernel; empty when it could not be walked
/// @param device major << 20 | minor
/// @param secure whether the exec gained privilege: set-user-id, set-group-id, file capabilities
/// @param unlinked whether the executable has no name: deleted, or a memfd
/// @param changedNanos when its inode was last changed (ctime), since 1970; 0: not known
/// @param sha256 of the executable, 32 bytes; empty: not known
public record Image(
    ByteText filename,
    ByteText interpreter,
    ByteText executable,
    long device,
    long inode,
    boolean secure,
    boolean unlinked,
    long changedNanos,
    ByteText sha256) {

  /// An image of whose file no more is known.
  public Image(
      ByteText filename,
      ByteText interpreter,
      ByteText executable,
      long device,
      long inode,
      boolean secure,
      boolean unlinked) {
    this(filename, interpreter, executable, device, inode, secure, unlinked, 0, ByteText.EMPTY);
  }

  /// The same with the digest of its file.
  public Image hashed(ByteText digest) {
    return new Image(
        filename, interpreter, executable, device, inode, secure, unlinked, changedNanos, digest);
  }

  /// The same with another path.
  public Image at(ByteText path) {
    return new Image(
        filename, interpreter, path, device, inode, secure, unlinked, changedNanos, sha256);
  }
}
