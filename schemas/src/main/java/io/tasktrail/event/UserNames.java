package io.tasktrail.event;

/// What the host calls the users of [Credentials]; empty where it has no name, or none was told in
/// time.
///
/// @param user of the real user id
/// @param effective of the effective user id
/// @param login of the audit user id
public record UserNames(String user, String effective, String login) {

  /// None is known.
  public static final UserNames UNKNOWN = new UserNames("", "", "");
}
