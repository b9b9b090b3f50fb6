package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.ByteText;
import java.util.regex.Pattern;

/// The records of an event for people, without what may hold secrets: arguments, titles, typed
/// text and commands.
record RecordText(ByteText text, boolean isCut) {

  /// Characters of all records.
  static final int SIZE_MAX = 8 << 10;

  private static final Pattern TYPED =
      Pattern.compile("(data|cmd|proctitle)=(\"[^\"]*+\"?|[^ ']*+)");
  private static final Pattern ARGUMENT = Pattern.compile(" a[0-9]+(_len|\\[[0-9]+])?=.*+");

  static RecordText of(AuditedEvent event) {
    StringBuilder text = new StringBuilder();
    boolean cut = event.isCut();
    for (RecordLine record : event.records()) {
      if (record.type().equals("EOE") || record.type().equals("PROCTITLE")) {
        continue;
      }
      String line = line(event.stamp(), record);
      int room = SIZE_MAX - text.length() - 1;
      cut |= line.length() > room;
      if (room > 0) {
        text.append(text.isEmpty() ? "" : "\n").append(line, 0, Math.min(line.length(), room));
      }
    }
    return new RecordText(ByteText.of(text.toString().getBytes(ISO_8859_1)), cut);
  }

  private static String line(Stamp stamp, RecordLine record) {
    String head =
        "type=%s msg=audit(%d.%03d:%d):"
            .formatted(record.type(), stamp.millis() / 1000, stamp.millis() % 1000, stamp.serial());
    return head + withoutSecrets(record);
  }

  private static String withoutSecrets(RecordLine record) {
    String body = record.body().replace((char) 0x1d, ' ');
    return switch (record.type()) {
      case "EXECVE" -> ARGUMENT.matcher(body).replaceFirst(" a0=(withheld)");
      default -> TYPED.matcher(body).replaceAll("$1=(withheld)");
    };
  }
}
