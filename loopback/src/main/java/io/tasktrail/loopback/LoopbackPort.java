package io.tasktrail.loopback;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// A TCP port of 127.0.0.1, and by which option its user chose it, so that an error can name it.
///
/// @param number 0 to 65535; 0 lets the system pick a free one
/// @param option how the user names this port, such as `--port`
public record LoopbackPort(int number, String option) {

  private static final int MAX_PORT = 65_535;

  public LoopbackPort {
    if (number < 0 || number > MAX_PORT) {
      throw new IllegalArgumentException(
          "%s: %d is not a port; use 1 to %d, or 0 for any free one"
              .formatted(option, number, MAX_PORT));
    }
  }

  /// Any free port.
  public static LoopbackPort free() {
    return new LoopbackPort(0, "port");
  }

  /// The same option with the port that was found for it.
  LoopbackPort at(int bound) {
    return new LoopbackPort(bound, option);
  }

  InetSocketAddress address() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), number);
  }

  /// What to tell the user when nothing could be bound here.
  BindException taken(BindException cause) {
    BindException told =
        new BindException(
            "%s: port %d of 127.0.0.1 cannot be used (%s); choose another, or 0 for any free one"
                .formatted(option, number, cause.getMessage()));
    told.initCause(cause);
    return told;
  }
}
