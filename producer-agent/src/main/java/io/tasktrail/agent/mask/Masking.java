package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Masks secrets by rules. What has none is given back as it is. Not for use
/// by several threads at once.
public final class Masking {

  /// What stands in place of a secret: the same for each, so that it tells nothing of it.
  public static final String MARK = "***";

  /// What is no longer is copied sooner by hand than by a call.
  private static final int SHORT = 16;

  private static final byte[] MARK_BYTES = MARK.getBytes(US_ASCII);
  private static final ByteText MARK_TEXT = ByteText.of(MARK);

  private final Rules rules;
  private final FlatText text = new FlatText();
  private final CommandWords words;
  private final Spans found = new Spans();
  private final long[] tally;

  /// What replaces an argument is put together here.
  private byte[] scratch = new byte[256];

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
    if (rules.areNone() || arguments.values().isEmpty()) {
      return arguments;
    }
    ByteText[] values = arguments.values().toArray(ByteText[]::new);
    find(image, values);
    if (found.isEmpty()) {
      return arguments;
    }
    mask(values);
    return arguments.masked(List.of(values), foundBy());
  }

  /// One text without its secrets, such as the parameters of a module: words separated by spaces.
  public ByteText mask(ByteText line) {
    if (rules.areNone() || line.isEmpty()) {
      return line;
    }
    ByteText[] lines = {line};
    begin(lines);
    words.begin(text.bytes(), Program.OTHER);
    rules.scan().find(text.bytes(), text.from(0), text.to(0), true, found);
    found.sort();
    foundBy();
    mask(lines);
    return lines[0];
  }

  /// In how many texts each rule found something, by its name. Any thread may ask.
  public Map<String, Long> tally() {
    Map<String, Long> byName = new TreeMap<>();
    for (int rule = 0; rule < tally.length; rule++) {
      byName.put(rules.names().get(rule), tally[rule]);
    }
    return byName;
  }

  private void begin(ByteText[] values) {
    text.clear();
    text.addAll(values);
    found.clear();
  }

  private void find(Image image, ByteText[] values) {
    begin(values);
    Program program = program(image);
    byte[] bytes = text.bytes();
    words.begin(bytes, program);
    Scan scan = rules.scan();
    int size = values.length;
    int from = 0;
    for (int i = 0; i < size; i++) {
      int to = text.to(i);
      boolean line = words.argument(from, to);
      scan.find(bytes, from, to, line, found);
      from = to;
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

  /// Options whose programs are known, and those whose names tell that a secret follows: where the
  /// next word is no option too.
  private void options(byte[] bytes) {
    int heeded = words.heeded();
    int none = words.size();
    int option = none;
    for (int i = 0; i < heeded; i++) {
      int word = words.heeded(i);
      boolean isOption = words.isOption(word);
      if (option != none && !(isOption && option == word - 1)) {
        valueOf(bytes, option);
      }
      words.program(word).find(words, word, found);
      option = isOption ? word : none;
    }
    if (option != none && option + 1 < words.size()) {
      valueOf(bytes, option);
    }
  }

  /// `--password X`.
  private void valueOf(byte[] bytes, int word) {
    int next = word + 1;
    int rule = rules.secretNames().ofOption(bytes, words.from(word), words.to(word));
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
    for (int rule = 0; rule < tally.length; rule++) {
      if (found.by(rule)) {
        tally[rule]++;
        by.add(rules.names().get(rule));
      }
    }
    return by;
  }

  /// Puts what is masked in the place of what has secrets.
  private void mask(ByteText[] values) {
    int value = 0;
    int before = 0;
    int previous = 0;
    int end = 0;
    boolean wasOne = false;
    for (int first = 0; first < found.size(); first = end) {
      value = text.at(value, found.from(first));
      end = found.endOf(first, text.to(value));
      boolean isOne = found.areOne(first, end);
      if (!isOne) {
        values[value] = masked(text.from(value), text.to(value), first, end);
      } else if (wasOne && looksLike(before, previous, value, first)) {
        values[value] = values[before];
      } else {
        int from = text.from(value);
        values[value] =
            values[value].with(found.from(first) - from, found.to(first) - from, MARK_TEXT);
      }
      wasOne = isOne;
      before = value;
      previous = first;
    }
  }

  /// Whether two texts, of a secret each, are the same but for that: a line may repeat an option.
  private boolean looksLike(int one, int secretOfOne, int other, int secretOfOther) {
    int behindOne = found.to(secretOfOne);
    int behindOther = found.to(secretOfOther);
    boolean ends = behindOne == text.to(one) && behindOther == text.to(other);
    return text.areSame(
            text.from(one), found.from(secretOfOne), text.from(other), found.from(secretOfOther))
        && (ends || text.areSame(behindOne, text.to(one), behindOther, text.to(other)));
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
