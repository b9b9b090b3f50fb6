package io.tasktrail.event;

/// Who a task acts as. Ids are those of the initial user namespace, unsigned 32 bits.
///
/// @param uid real user id
/// @param euid effective user id
/// @param gid real group id
/// @param egid effective group id
/// @param auid audit user id (loginuid): who logged in, whatever became of the uid since; [#UNSET]
///     for what no login started
/// @param session audit session id; [#UNSET] likewise
public record Credentials(long uid, long euid, long gid, long egid, long auid, long session) {

  /// An audit id that was never set.
  public static final long UNSET = 0xFFFF_FFFFL;
}
