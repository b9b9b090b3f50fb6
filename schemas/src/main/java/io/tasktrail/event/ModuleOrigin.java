package io.tasktrail.event;

/// Where a kernel module comes from, and what it was given.
///
/// @param path of its file, as walked in the kernel; empty where none is known: a module that was
///     loaded out of its loader's memory (init_module(2)) has none
/// @param device of the file: major << 20 | minor
/// @param inode of the file
/// @param parameters as given, up to a bound
/// @param parametersTruncated whether `parameters` is less than was given: cut, or not readable
/// @param sha256 of the file, 32 bytes, as the agent read it a moment later; empty when not known
public record ModuleOrigin(
    ByteText path,
    long device,
    long inode,
    ByteText parameters,
    boolean parametersTruncated,
    ByteText sha256) {

  /// Nothing is known of it.
  public static final ModuleOrigin UNKNOWN =
      new ModuleOrigin(ByteText.EMPTY, 0, 0, ByteText.EMPTY, false, ByteText.EMPTY);

  /// The same, with what its file holds.
  public ModuleOrigin hashed(ByteText digest) {
    return new ModuleOrigin(path, device, inode, parameters, parametersTruncated, digest);
  }
}
