package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The other end of [RoleMain].
record TopologyJvm(Jvm jvm, Backbone backbone) implements AutoCloseable {

  /// @param heap as of -Xmx
  /// @param profile where it writes what it spent its time with
  static TopologyJvm start(Backbone backbone, String heap, Optional<Path> profile)
      throws IOException {
    List<String> arguments = profile.map(Path::toString).stream().toList();
    return new TopologyJvm(Jvm.start(RoleMain.class, List.of("-Xmx" + heap), arguments), backbone);
  }

  /// Starts the role.
  ///
  /// @return seconds until it runs
  double run(Map<String, String> settings) throws IOException {
    StringBuilder line = new StringBuilder(RoleMain.START);
    settings.forEach(
        (key, value) -> line.append(RoleMain.SEPARATOR).append(key).append('=').append(value));
    jvm.tell(line.toString());
    return Long.parseLong(jvm.hear()) / 1e3;
  }

  /// Returns when the role has processed so many records since it runs.
  Cost process(long count) throws IOException {
    jvm.tell(RoleMain.PROCESS + RoleMain.SEPARATOR + count);
    return Stopwatch.cost(jvm, backbone.jvm());
  }

  /// Bytes of heap in use, garbage collected.
  long heapBytes() throws IOException {
    jvm.tell(RoleMain.HEAP);
    return Long.parseLong(jvm.hear());
  }

  /// Lets the role commit and end.
  void stop() throws IOException {
    jvm.tell(RoleMain.STOP);
    jvm.hear();
  }

  @Override
  public void close() throws IOException {
    jvm.close();
  }
}
