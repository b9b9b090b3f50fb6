package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Masks secrets by rules. What has none is given back as it is, and costs no object. Not for use
/// by several threads at once.
public final class Masking {

  /// What stands in place of a secret: the same for each, so that it tells nothing of it.
  public static final String MARK = "***";

  private static final byte[] MARK_BYTES = MARK.getBytes(US_ASCII);

  private final Rules rules;
  private final FlatText text = new FlatText();
  private final CommandWords words;
  private final Spans found = new Spans();
  private final long[] tally;

  /// Masks by these rules.
  public Masking(Rules rules) {
    this.rules = rules;
    words = new CommandWords(rules.programs());
    tally = new long[rules.names().size()];
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
    Set<Integer> by = new LinkedHashSet<>();
    for (int i = 0; i < found.size(); i++) {
      by.add(found.rule(i));
    }
    by.forEach(rule -> tally[rule]++);
    return by.stream().map(rules.names()::get).toList();
  }

  private List<ByteText> masked(List<ByteText> values) {
    List<ByteText> masked = new ArrayList<>(values.size());
    int span = 0;
    for (int i = 0; i < values.size(); i++) {
      int to = text.to(i);
      int first = span;
      while (span < found.size() && found.from(span) < to) {
        span++;
      }
      masked.add(first == span ? values.get(i) : masked(text.from(i), to, first, span));
    }
    return masked;
  }

  /// Spans that overlap or touch are one.
  private ByteText masked(int from, int to, int firstSpan, int endSpan) {
    byte[] out = new byte[to - from + (endSpan - firstSpan) * MARK_BYTES.length];
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
    System.arraycopy(bytes, from, out, size, to - from);
    return size + to - from;
  }
}
