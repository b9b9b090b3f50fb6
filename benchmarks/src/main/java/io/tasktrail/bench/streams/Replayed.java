package io.tasktrail.bench.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.bench.stand.Jvm;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.replay.ReplayMain;
import io.tasktrail.wire.BinaryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `tasktrail replay` of a capture file, in a JVM of its own: says each audit event in ECS, which
/// has all that there is to say of it.
final class Replayed {

  private static final String FORMAT = "ecs";
  private static final Pattern HOST = Pattern.compile("\"host\":\\{\"id\":\"([^\"]+)\"");
  private static final String HEAP = "-Xmx1g";

  private Replayed() {}

  static ExpectedOutput of(Path capture) throws IOException, InterruptedException {
    BinaryCodec<AuditEvent> codec = BinaryCodec.auditEvents();
    Format format = Formats.named(FORMAT).orElseThrow();
    ExpectedOutput said =
        new ExpectedOutput("replay", payload -> format.format(codec.decode(payload)));
    try (Jvm jvm =
        Jvm.start(
            ReplayMain.class,
            List.of(HEAP),
            List.of("--input", capture.toString(), "--format", FORMAT))) {
      for (String line = jvm.said().readLine(); line != null; line = jvm.said().readLine()) {
        said.add(hostOf(line), line.getBytes(UTF_8));
      }
      if (jvm.process().waitFor() != 0) {
        throw new IllegalStateException("replay failed: see what it said above");
      }
    }
    return said;
  }

  private static String hostOf(String line) {
    Matcher host = HOST.matcher(line);
    if (!host.find()) {
      throw new IllegalStateException("a line of replay names no host: " + line);
    }
    return host.group(1);
  }
}
