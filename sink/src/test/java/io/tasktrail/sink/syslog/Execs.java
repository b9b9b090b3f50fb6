package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.UserNames;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Execs by processes that chose their names against whoever reads of them; each has an id.
final class Execs {

  private static final UUID ID = new UUID(1, 2);
  private static final int LONG = 64 << 10;

  /// 2026-11-20T10:00:00Z.
  private static final long WALL_NANOS = 1_795_168_800_000_000_000L;

  private Execs() {}

  static AuditEvent exec(long number, ByteText text) {
    Header header =
        new Header(
            new HostId(ID), "web-1", new BootId(ID), new CaptureId(ID), 0, number, 1, WALL_NANOS);
    return AuditEvent.of(
        new TaskEvent(
            header,
            new Fact.Executed(
                new Actor(
                    new TaskKey(4242, 7_000_000_000L),
                    3,
                    text,
                    new Credentials(1000, 0, 1001, 2, 1000, 7)),
                new TaskKey(100, 5_000_000_000L),
                100,
                new Image(text, text, text, 1, 2, false, false),
                new Arguments(List.of(text, ByteText.EMPTY, text), 3, 3L * text.length(), false),
                new Place(text, "", new Place.Namespaces(1, 2, 3, 4), 77),
                UserNames.UNKNOWN)));
  }

  static AuditEvent harmless(long number) {
    return exec(number, ByteText.of("sh"));
  }

  static List<AuditEvent> hostile() {
    List<ByteText> names =
        Stream.concat(
                Stream.of(
                        "a\nb\r\nc",
                        "\" ] [x@1 y=\"z\"] <34>1 - - - - - - forged",
                        "\\\"\\]\\\\",
                        "12 <34>1 - - - - - - forged",
                        "%msg% $MSG ${HOST} #012",
                        "\u001b[2J\u0000\u0007\u007f",
                        "größe-日本-🦔",
                        "a".repeat(LONG),
                        "\"".repeat(LONG))
                    .map(ByteText::of),
                Stream.of(ByteText.of("\u00ff\u00fe\u0080".getBytes(ISO_8859_1))))
            .toList();
    List<AuditEvent> events = new ArrayList<>();
    for (ByteText name : names) {
      events.add(exec(1_000_000 + events.size(), name));
    }
    return events;
  }
}
