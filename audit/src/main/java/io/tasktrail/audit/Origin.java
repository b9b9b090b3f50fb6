package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.HostId;
import java.util.UUID;

/// Where records come from.
///
/// @param host the host that the node is taken for
/// @param hostName its name
public record Origin(HostId host, String hostName) {

  /// What a node is called whose records name none.
  public static final String UNNAMED = "localhost";

  /// A host of which nothing is known but the name that auditd gives it (`name_format`): the same
  /// id for the same name, and another than that of its machine id.
  ///
  /// @param node empty where records name none
  public static Origin ofNode(String node) {
    String name = node.isEmpty() ? UNNAMED : node;
    byte[] seed = ("tasktrail/audit/node/" + name).getBytes(UTF_8);
    return new Origin(new HostId(UUID.nameUUIDFromBytes(seed)), name);
  }
}
