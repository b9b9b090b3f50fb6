package io.tasktrail.sink.syslog;

import java.net.URI;

/// A server of syslog.
///
/// @param isEncrypted whether it speaks TLS
record Server(boolean isEncrypted, String host, int port) {

  /// Of `tcp://HOST:PORT` or `tls://HOST:PORT`.
  ///
  /// @throws IllegalArgumentException if it is anything else
  static Server of(String address) {
    URI uri = URI.create(address);
    boolean isWhole = uri.getHost() != null && 0 < uri.getPort() && uri.getPort() <= 65_535;
    if (!isWhole || !uri.getRawSchemeSpecificPart().equals("//" + uri.getRawAuthority())) {
      throw new IllegalArgumentException(address);
    }
    return switch (uri.getScheme()) {
      case "tcp" -> new Server(false, uri.getHost(), uri.getPort());
      case "tls" -> new Server(true, uri.getHost(), uri.getPort());
      default -> throw new IllegalArgumentException(address);
    };
  }

  @Override
  public String toString() {
    return (isEncrypted ? "tls://" : "tcp://") + host + ':' + port;
  }
}
