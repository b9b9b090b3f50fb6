package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Masks secrets by rules. What has none is given back as it is, and costs no object. Not for use
/// by several threads at once.
public final class Masking {

  /// What stands in place of a secret: the same for each, so that it tells nothing of it.
  public static final String MARK = "***";

  /// What is no longer is copied sooner by hand than by a call.
  private static final int SHORT = 16;

  private static final byte[] MARK_BYTES = MARK.getBytes(US_ASCII);

  private final Rules rules;
  private final FlatText text = new FlatText();
  private final CommandWords words;
  private final Spans found = new Spans();
  private final long[] tally;
  private final boolean[] isCounted;

  /// What replaces an argument is put together here.
  private byte[] scratch = new byte[256];

  /// Masks by these rules.
  public Masking(Rules rules) {
    this.rules = rules;
    words = new CommandWords(rules.programs());
    tally = new long[rules.names().size()];
    isCounted = new boolean[tally.length];
  }

  /// Arguments without their secrets: as many of them, marked with the rules that found one.
  ///
  /// @param image what was executed with them
  public Arguments mask(Image image, Arguments arguments) {
    List<ByteText> values = arguments.values();
    if (rules.areNone() || values.isEmpty()) {
      return arguments;
    }
    find(image, values);
    return found.isEmpty() ? arguments : arguments.masked(masked(values), foundBy());
  }

  /// One text without its secrets, such as the parameters of a module: words separated by spaces.
  public ByteText mask(ByteText line) {
    if (rules.areNone() || line.isEmpty()) {
      return line;
    }
    begin(List.of(line));
    words.begin(text.bytes(), Program.OTHER);
    rules.scan().find(text.bytes(), text.from(0), text.to(0), true, found);
    found.sort();
    foundBy();
    return found.isEmpty() ? line : masked(List.of(line)).getFirst();
  }

  /// In how many texts each rule found something, by its name. Any thread may ask.
  public Map<String, Long> tally() {
    Map<String, Long> byName = new TreeMap<>();
    for (int rule = 0; rule < tally.length; rule++) {
      byName.put(rules.names().get(rule), tally[rule]);
    }
    return byName;
  }

  private void begin(List<ByteText> values) {
    text.clear();
    text.addAll(values);
    found.clear();
  }

  private void find(Image image, List<ByteText> values) {
    begin(values);
    Program program = program(image);
    byte[] bytes = text.bytes();
    words.begin(bytes, program);
    for (int i = 0; i < values.size(); i++) {
      int from = text.from(i);
      int to = text.to(i);
      boolean line = words.argument(from, to);
      rules.scan().find(bytes, from, to, line, found);
    }
    options(bytes);
    found.sort();
  }

  /// By the name that it was given, by the file's. The name of a script is its file's: the one that
  /// it was given is its interpreter's.
  private Program program(Image image) {
    Program script = image.interpreter().isEmpty() ? Program.OTHER : named(image.filename());
    Program named = script == Program.OTHER ? given() : script;
    named = named == Program.OTHER ? named(image.filename()) : named;
    return named == Program.OTHER ? named(image.executable()) : named;
  }

  private Program given() {
    int loginShell = text.to(0) > text.from(0) && text.bytes()[text.from(0)] == '-' ? 1 : 0;
    return rules.programs().at(text.bytes(), text.from(0) + loginShell, text.to(0));
  }

  private Program named(ByteText path) {
    int added = text.add(path);
    return rules.programs().at(text.bytes(), text.from(added), text.to(added));
  }

  private void options(byte[] bytes) {
    for (int word = 1; word < words.size(); word++) {
      words.program(word).find(words, word, found);
      if (words.isOption(word)) {
        valueOfNext(bytes, word);
      }
    }
  }

  /// `--password X`.
  private void valueOfNext(byte[] bytes, int word) {
    int next = word + 1;
    if (next == words.size() || words.isOption(next)) {
      return;
    }
    int rule =
        rules.secretNames().rule(bytes, words.from(word), words.to(word), NameEnding.Use.OPTION);
    if (rule >= 0
        && isName(bytes, words.from(word), words.to(word))
        && !words.program(word).isFlag(words, word)
        && !rules.anyProgram().isFlag(words, word)) {
      found.add(bytes, words.from(next), words.to(next), rule);
    }
  }

  private static boolean isName(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isOfName(bytes[at])) {
      at++;
    }
    return at == to;
  }

  private List<String> foundBy() {
    List<String> by = new ArrayList<>();
    Arrays.fill(isCounted, false);
    for (int i = 0; i < found.size(); i++) {
      int rule = found.rule(i);
      if (!isCounted[rule]) {
        isCounted[rule] = true;
        tally[rule]++;
        by.add(rules.names().get(rule));
      }
    }
    return by;
  }

  private List<ByteText> masked(List<ByteText> values) {
    List<ByteText> masked = new ArrayList<>(values.size());
    int span = 0;
    int before = 0;
    for (int i = 0; i < values.size(); i++) {
      int to = text.to(i);
      int first = span;
      while (span < found.size() && found.from(span) < to) {
        span++;
      }
      if (first == span) {
        masked.add(values.get(i));
      } else if (span - first == 1 && first > 0 && isRepeated(before, i, first)) {
        masked.add(masked.get(before));
      } else {
        masked.add(masked(text.from(i), to, first, span));
      }
      before = first == span ? before : i;
    }
    return masked;
  }

  /// Whether an argument with one secret is the one that was masked before it once more, with the
  /// same secret: then it is masked the same.
  private boolean isRepeated(int before, int now, int span) {
    int from = text.from(now);
    int earlier = text.from(before);
    return found.from(span) - from == found.from(span - 1) - earlier
        && found.to(span) - from == found.to(span - 1) - earlier
        && (span == 1 || found.from(span - 2) < earlier)
        && Bytes.same(text.bytes(), from, text.to(now), earlier, text.to(before));
  }

  /// Spans that overlap or touch are one.
  private ByteText masked(int from, int to, int firstSpan, int endSpan) {
    int most = to - from + (endSpan - firstSpan) * MARK_BYTES.length;
    if (scratch.length < most) {
      scratch = new byte[most];
    }
    byte[] out = scratch;
    int size = 0;
    int at = from;
    for (int span = firstSpan; span < endSpan; span++) {
      if (found.from(span) > at || span == firstSpan) {
        size = append(text.bytes(), at, found.from(span), out, size);
        size = append(MARK_BYTES, 0, MARK_BYTES.length, out, size);
      }
      at = Math.max(at, found.to(span));
    }
    return ByteText.of(out, 0, append(text.bytes(), at, to, out, size));
  }

  private static int append(byte[] bytes, int from, int to, byte[] out, int size) {
    if (to - from > SHORT) {
      System.arraycopy(bytes, from, out, size, to - from);
      return size + to - from;
    }
    int end = size;
    for (int at = from; at < to; at++) {
      out[end++] = bytes[at];
    }
    return end;
  }
}
