package io.tasktrail.agent.follow;

/// How far a file was read. The file is known by how it begins: an audit log begins with a time and
/// a serial that no other has, whatever it is renamed to or copied into.
///
/// @param headBytes how many bytes of its beginning are known: all that was read, up to a bound
/// @param headDigest SHA-256 of them, in hexadecimal
/// @param offset the bytes that were read
/// @param modifiedMillis when the file was last written, as seen: what was rotated away before is
///     older
public record Position(int headBytes, String headDigest, long offset, long modifiedMillis) {}
