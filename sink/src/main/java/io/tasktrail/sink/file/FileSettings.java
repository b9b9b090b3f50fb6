package io.tasktrail.sink.file;

import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What users may say of the file beside its name.
public final class FileSettings {

  /// At which size.
  static final Setting<Optional<Long>> ROTATE_BYTES =
      Setting.of(
          "sink.file.rotate.bytes",
          "",
          "How long a file gets until it is finished: it is renamed, and a new one begun.",
          "Finished are whole files, NAME.FROM-TO.EXTENSION beside the current one. It is looked at"
              + " each sync, so a file may be longer by what is delivered between two. Empty: files"
              + " are not finished by their size.",
          Parser.optional(Parser.bytes(1 << 10, 1L << 40)));

  /// At which age.
  static final Setting<Optional<Duration>> ROTATE_AFTER =
      Setting.of(
          "sink.file.rotate.after",
          "",
          "How long after its first line a file is finished.",
          "It is looked at each sync: a file to which nothing is added any more stays the current"
              + " one. Empty: files are not finished by their age.",
          Parser.optional(Parser.duration(Duration.ofSeconds(1), Duration.ofDays(366))));

  /// How many of them.
  static final Setting<Optional<Integer>> KEEP =
      Setting.of(
          "sink.file.keep",
          "",
          "How many finished files are kept.",
          "The oldest are deleted, whether or not somebody has read them; each is a line in the"
              + " log. Empty: all are kept.",
          Parser.optional(Parser.integer(1, 100_000)));

  /// What is forced to the disk.
  static final Setting<Durability> SYNC =
      Setting.of(
          "sink.file.sync",
          "always",
          "When lines are forced to the disk: at each sync, when a file is finished, or never.",
          "A killed process loses nothing in any case. After a power failure the current file may"
              + " lack its newest lines with rotate, and any file may with never; the group is past"
              + " them.",
          Parser.oneOf(Durability.class));

  /// All of them.
  public static final List<Setting<?>> ALL = List.of(ROTATE_BYTES, ROTATE_AFTER, KEEP, SYNC);

  private FileSettings() {}

  /// What they say.
  public static FilePlan plan(Settings settings) {
    return new FilePlan(
        settings.get(SinkSettings.FILE),
        new Rotation(settings.get(ROTATE_BYTES), settings.get(ROTATE_AFTER)),
        settings.get(SYNC),
        settings.get(KEEP).map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }
}
