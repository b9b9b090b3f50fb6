package io.tasktrail.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the sockets of this machine listen, from `/proc/net/tcp` and `tcp6` (proc_net_tcp.rst).
final class Listening {

  private static final String LISTEN = "0A";

  private Listening() {}

  /// The local addresses on which somebody listens at this port; IPv6 ones as the kernel prints
  /// them, except an IPv4 address mapped into IPv6.
  static List<String> addressesOf(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(Listening::rows)
        .map(row -> row.trim().split("\\s+"))
        .filter(row -> row[3].equals(LISTEN))
        .map(row -> row[1].split(":"))
        .filter(address -> Integer.parseInt(address[1], 16) == port)
        .map(address -> readable(address[0]))
        .toList();
  }

  private static Stream<String> rows(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readable(String address) {
    return address.endsWith("0100007F") ? "127.0.0.1" : address;
  }
}
