package io.tasktrail.sink.syslog;

import io.tasktrail.sink.remote.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a destination reaches its servers.
///
/// @param servers any of which will do; the next one is taken when one fails
/// @param authority who signed their certificates, PEM; empty: whom Java trusts
/// @param identity who this sink is, for servers that ask
/// @param confirms whether each sync waits until a server has read everything
/// @param messageBytesMax of a message, without the count before it
/// @param keptBytesMax of what is kept, to be sent again
/// @param timeout of whatever a server is waited for
public record SyslogPlan(
    List<Server> servers,
    Optional<Path> authority,
    Optional<Identity> identity,
    boolean confirms,
    int messageBytesMax,
    long keptBytesMax,
    Duration timeout) {

  public SyslogPlan {
    servers = List.copyOf(servers);
  }
}
