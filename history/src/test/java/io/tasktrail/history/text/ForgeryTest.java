package io.tasktrail.history.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever tasks call themselves: who reads a text back finds the links that were written, no
/// others.
final class ForgeryTest {

  /// What a forger would write, and any byte but NUL.
  private static final String[] TRICKS = {
    "=>",
    "comm=",
    "name=",
    ";start=20150111111450",
    ";pid=1",
    "(2015/01/11-11:14:50)",
    "<kernel>",
    " /bin/sh",
    "\\",
    "\\075",
    "\n",
    "\u00ff",
    "\u0001",
    "x",
    "init",
    "(",
    ")",
    "=> "
  };

  private static final Pattern TASKTRACKER = Pattern.compile("comm=([^;=>]*);start=\\d{14}");
  private static final Pattern TASKHISTORY =
      Pattern.compile("name=([^;=>]*);pid=-?\\d+;start=\\d{14}");
  private static final Pattern AKARI =
      Pattern.compile("([^()=>]*)\\(\\d{4}/\\d\\d/\\d\\d-\\d\\d:\\d\\d:\\d\\d\\)");
  private static final Pattern TOMOYO = Pattern.compile("([^ ]+)");

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("tasktrail.seeds", 300));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noNameForgesALink(long seed) {
    History history = hostile(new Random(seed));
    List<String> names = history.links().stream().skip(1).map(link -> raw(link.comm())).toList();
    assertThat(read(TASKTRACKER, "=>", TextForm.TASKTRACKER, history)).isEqualTo(names);
    assertThat(read(AKARI, "=>", TextForm.AKARI, history)).isEqualTo(names);
    assertThat(read(TASKHISTORY, "=>", TextForm.TASKHISTORY, history))
        .startsWith("swapper/0")
        .endsWith(names.toArray(String[]::new))
        .hasSize(names.size() + 1);
    assertThat(read(TOMOYO, " ", TextForm.TOMOYO, history))
        .startsWith("<kernel>")
        .endsWith(
            history.links().stream()
                .skip(1)
                .map(link -> raw(link.executable()))
                .toArray(String[]::new))
        .hasSize(names.size() + 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatHasRoomIsTheEndOfTheWholeText(long seed) {
    History history = hostile(new Random(seed));
    for (TextForm form : TextForm.values()) {
      String whole = form.of(history, 0, TextForm.MOST_MAX_BYTES);
      String bounded = form.of(history, 0, TextForm.LEAST_MAX_BYTES);
      assertThat(bounded).hasSizeLessThanOrEqualTo(TextForm.LEAST_MAX_BYTES);
      assertThat(bounded).matches("[\\x20-\\x7e]*");
      if (whole.length() > TextForm.LEAST_MAX_BYTES) {
        assertThat(bounded).startsWith("=>");
        assertThat(whole).endsWith(bounded.substring(2));
      } else {
        assertThat(bounded).isEqualTo(whole);
      }
    }
  }

  /// The names of a text, read entry by entry: each must be one from its first byte to its last.
  private static List<String> read(Pattern entry, String joint, TextForm form, History history) {
    List<String> names = new ArrayList<>();
    for (String written : form.of(history, 0, TextForm.MOST_MAX_BYTES).split(joint, -1)) {
      Matcher matcher = entry.matcher(written);
      assertThat(matcher.matches()).as(written).isTrue();
      names.add(unescaped(matcher.group(1)));
    }
    return names;
  }

  private static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean escaped = text.charAt(i) == '\\';
      bytes.append(escaped ? (char) Integer.parseInt(text, i + 1, i + 4, 8) : text.charAt(i));
      i += escaped ? 3 : 0;
    }
    return bytes.toString();
  }

  private static History hostile(Random random) {
    int count = 1 + random.nextInt(12);
    List<Link> links = new ArrayList<>(List.of(Link.ROOT));
    for (int i = 1; i <= count; i++) {
      links.add(
          new Link(
              i,
              new TaskKey(random.nextInt(), i),
              name("", random),
              name("/", random),
              0,
              0,
              random.nextLong(1L << 60),
              LinkSource.EXECUTED));
    }
    return new History(links, Omitted.NONE, count, List.of());
  }

  private static ByteText name(String start, Random random) {
    StringBuilder name = new StringBuilder(start);
    int parts = random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      name.append(
          random.nextBoolean()
              ? TRICKS[random.nextInt(TRICKS.length)]
              : "" + (char) (1 + random.nextInt(255)));
    }
    return ByteText.of(name.toString().getBytes(ISO_8859_1));
  }

  private static String raw(ByteText bytes) {
    return new String(bytes.toBytes(), ISO_8859_1);
  }
}
