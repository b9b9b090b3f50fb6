package io.tasktrail.history.text;

import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A way to write a history as one line of printable ASCII. Times are UTC, to the second.
///
/// A history too long for the bound loses its oldest entries, and one of which the middle was left
/// out loses all that is before: the text then begins with `=>`. It is no more than that if not
/// even the last entry has room.
public enum TextForm {
  /// TaskTracker 0.3, `subj=` of its audit records, without the root link:
  /// `comm=NAME;start=YYYYMMDDhhmmss`, joined by `=>`.
  TASKTRACKER("=>", "", "=>") {
    @Override
    void append(StringBuilder text, Link link, WallTime start) {
      Escape.name(text.append("comm="), link.comm());
      start.appendCompact(text.append(";start="));
    }
  },

  /// The audit record of type 1340, `history=`, with the root link:
  /// `name=NAME;pid=PID;start=YYYYMMDDhhmmss`, joined by `=>`.
  TASKHISTORY("=>", "", "=>") {
    @Override
    void append(StringBuilder text, Link link, WallTime start) {
      Escape.name(text.append("name="), link.comm());
      text.append(";pid=").append(link.task().pid());
      start.appendCompact(text.append(";start="));
    }

    @Override
    boolean shows(Link link) {
      return true;
    }
  },

  /// TaskTracker 0.1 in AKARI, without the root link: `NAME(YYYY/MM/DD-hh:mm:ss)`, joined by `=>`.
  AKARI("=>", "", "=>") {
    @Override
    void append(StringBuilder text, Link link, WallTime start) {
      Escape.name(text, link.comm());
      start.appendSpelled(text.append('('));
      text.append(')');
    }
  },

  /// The name of a TOMOYO domain: `<kernel>`, then the path of each executable after a space. A
  /// path that is not known is written as `\000`.
  TOMOYO(" ", "<kernel> ", "=> ") {
    @Override
    void append(StringBuilder text, Link link, WallTime start) {
      Escape.path(text, link.executable());
    }
  };

  /// Bytes of a text, if nothing else is said.
  public static final int DEFAULT_MAX_BYTES = 4096;

  /// The least bound of a text, bytes.
  public static final int LEAST_MAX_BYTES = 256;

  /// The highest bound of a text, bytes: what fits into one audit record.
  public static final int MOST_MAX_BYTES = 7680;

  private final String joint;
  private final String whole;
  private final String cut;

  TextForm(String joint, String whole, String cut) {
    this.joint = joint;
    this.whole = whole;
    this.cut = cut;
  }

  /// The form of this name, as settings and command lines give it.
  public static Optional<TextForm> named(String name) {
    return Arrays.stream(values()).filter(form -> form.label().equals(name)).findFirst();
  }

  /// Its name in settings and command lines.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The text of a history, of at most [#DEFAULT_MAX_BYTES].
  ///
  /// @param wallOffsetNanos CLOCK_REALTIME minus CLOCK_BOOTTIME: that of the emitting event
  public String of(History history, long wallOffsetNanos) {
    return of(history, wallOffsetNanos, DEFAULT_MAX_BYTES);
  }

  /// The text of a history.
  ///
  /// @param wallOffsetNanos CLOCK_REALTIME minus CLOCK_BOOTTIME: that of the emitting event
  /// @param maxBytes of the text
  /// @throws IllegalArgumentException if `maxBytes` is not from [#LEAST_MAX_BYTES] to
  ///     [#MOST_MAX_BYTES]
  public String of(History history, long wallOffsetNanos, int maxBytes) {
    if (maxBytes < LEAST_MAX_BYTES || maxBytes > MOST_MAX_BYTES) {
      throw new IllegalArgumentException(
          "a history text has %d to %d bytes at most, not %d"
              .formatted(LEAST_MAX_BYTES, MOST_MAX_BYTES, maxBytes));
    }
    int from = history.omittedBefore().orElse(0);
    List<String> entries = entries(history.links(), from, wallOffsetNanos);
    int dropped = dropped(entries, from > 0 ? cut : whole, maxBytes);
    String start = from > 0 || dropped > 0 ? cut : whole;
    return (start + String.join(joint, entries.subList(dropped, entries.size()))).stripTrailing();
  }

  abstract void append(StringBuilder text, Link link, WallTime start);

  boolean shows(Link link) {
    return link.source() != LinkSource.ROOT;
  }

  private List<String> entries(List<Link> links, int from, long wallOffsetNanos) {
    Predicate<Link> shown = this::shows;
    return links.subList(from, links.size()).stream()
        .filter(shown)
        .map(link -> entry(link, wallOffsetNanos))
        .collect(Collectors.toList());
  }

  private String entry(Link link, long wallOffsetNanos) {
    StringBuilder text = new StringBuilder(64);
    append(text, link, WallTime.of(link.startNanos(), wallOffsetNanos));
    return text.toString();
  }

  /// How many of the oldest entries have to go.
  private int dropped(List<String> entries, String start, int maxBytes) {
    int length = start.length() - joint.length();
    for (String entry : entries) {
      length += joint.length() + entry.length();
    }
    int dropped = 0;
    int most = maxBytes - (cut.length() - start.length());
    while (dropped < entries.size() && length > (dropped == 0 ? maxBytes : most)) {
      length -= joint.length() + entries.get(dropped).length();
      dropped++;
    }
    return dropped;
  }
}
