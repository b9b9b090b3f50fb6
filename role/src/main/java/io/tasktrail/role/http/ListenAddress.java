package io.tasktrail.role.http;

import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import java.net.URI;
import java.util.Optional;

/// Where a role listens.
///
/// @param host a name or an address of this machine
/// @param port from 0 to 65535; 0 lets the system choose one
public record ListenAddress(String host, int port) {

  /// The key under which every role is told where to listen.
  public static final String KEY = "http.listen";

  private static final String OFF = "off";
  private static final int PORT_MAX = 65_535;

  /// The setting of a role, on loopback by default.
  ///
  /// @param port of the role
  public static Setting<Optional<ListenAddress>> setting(int port) {
    return Setting.of(
        KEY,
        "127.0.0.1:" + port,
        "Where health (/health/live, /health/ready) and metrics (/metrics) are told.",
        "There is no password: whoever reaches it may read, though never an event; off, or"
            + " nothing, tells them nowhere; port 0 takes a free one, which is logged.",
        parser());
  }

  private static Parser<Optional<ListenAddress>> parser() {
    return new Parser<>("HOST:PORT, such as 127.0.0.1:9464, or off", ListenAddress::parse);
  }

  private static Optional<ListenAddress> parse(String text) {
    return text.isEmpty() || text.equals(OFF) ? Optional.empty() : Optional.of(of(text));
  }

  /// A host without a port has the port -1.
  private static ListenAddress of(String text) {
    URI uri = URI.create("http://" + text);
    boolean whole = uri.getHost() != null && text.equals(uri.getAuthority());
    if (!whole || uri.getUserInfo() != null || uri.getPort() < 0 || uri.getPort() > PORT_MAX) {
      throw new IllegalArgumentException();
    }
    return new ListenAddress(uri.getHost(), uri.getPort());
  }

  /// As a user wrote it.
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
