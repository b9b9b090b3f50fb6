package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import java.util.Optional;
import java.util.UUID;

/// Where records come from.
///
/// @param host the host that the node is taken for
/// @param hostName its name
/// @param running the boot that records from its time on are of; empty where nothing says which
public record Origin(HostId host, String hostName, Optional<Boot> running) {

  /// What a node is called whose records name none.
  public static final String UNNAMED = "localhost";

  /// A boot that is known.
  ///
  /// @param beganMillis when, since 1970
  public record Boot(BootId id, long beganMillis) {}

  /// A host of which nothing is known but the name that auditd gives it (`name_format`): the same
  /// id for the same name, and another than that of its machine id.
  ///
  /// @param node empty where records name none
  public static Origin ofNode(String node) {
    String name = node.isEmpty() ? UNNAMED : node;
    byte[] seed = ("tasktrail/audit/node/" + name).getBytes(UTF_8);
    return new Origin(new HostId(UUID.nameUUIDFromBytes(seed)), name, Optional.empty());
  }
}
