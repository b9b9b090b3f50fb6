package io.tasktrail.agent.place;

import io.tasktrail.event.Credentials;
import io.tasktrail.event.UserNames;
import java.time.Duration;
import java.util.function.LongFunction;

/// What the host calls its users: /etc/passwd, LDAP, sssd, whatever /etc/nsswitch.conf names.
final class AccountNames implements AutoCloseable {

  static final Duration KEPT = Duration.ofMinutes(5);

  /// An account may be made a moment later, or a directory be away.
  static final Duration UNKNOWN_KEPT = Duration.ofMinutes(1);

  static final Duration PATIENCE = Duration.ofMillis(20);

  private final Inquiry<Long, String> names;

  /// @param source the name of a user id; empty: it has none
  AccountNames(LongFunction<String> source) {
    names =
        new Inquiry<>(
            "tasktrail-names",
            source::apply,
            "",
            name -> (name.isEmpty() ? UNKNOWN_KEPT : KEPT).toNanos(),
            PATIENCE);
  }

  UserNames of(Credentials credentials, long nowNanos) {
    String user = of(credentials.uid(), nowNanos);
    return new UserNames(
        user,
        credentials.euid() == credentials.uid() ? user : of(credentials.euid(), nowNanos),
        of(credentials.auid(), nowNanos));
  }

  private String of(long id, long nowNanos) {
    return id == Credentials.UNSET ? "" : names.of(id, nowNanos);
  }

  @Override
  public void close() {
    names.close();
  }
}
