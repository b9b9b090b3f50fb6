package io.tasktrail.role;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes a value of the text of a setting.
///
/// @param expected what the text should be, to follow "is not"
/// @param reading throws IllegalArgumentException where the text is not that
public record Parser<T>(String expected, Function<String, T> reading) {

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18}) ?([a-zA-Z]*)");
  private static final Map<String, Duration> TIME_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZE_UNITS =
      Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

  /// The value.
  ///
  /// @throws IllegalArgumentException if the text is not what is expected
  public T parse(String text) {
    return reading.apply(text);
  }

  /// Anything but nothing.
  public static Parser<String> text() {
    return new Parser<>("a text", Parser::notEmpty);
  }

  /// A text of a certain form.
  ///
  /// @param form a regular expression
  /// @param expected what it is, for messages
  public static Parser<String> matching(String form, String expected) {
    Pattern pattern = Pattern.compile(form);
    return new Parser<>(
        expected,
        text -> {
          require(pattern.matcher(text).matches());
          return text;
        });
  }

  /// Whatever the wrapped parser takes, or nothing at all.
  public static <T> Parser<Optional<T>> optional(Parser<T> parser) {
    return new Parser<>(
        parser.expected + " or empty",
        text -> text.isEmpty() ? Optional.empty() : Optional.of(parser.parse(text)));
  }

  /// A whole number within bounds, both included.
  public static Parser<Integer> integer(int least, int most) {
    return new Parser<>(
        "a whole number from " + least + " to " + most,
        text -> Math.toIntExact(within(Long.parseLong(text), least, most)));
  }

  /// `true` or `false`.
  public static Parser<Boolean> bool() {
    return new Parser<>("true or false", Parser::parseBool);
  }

  /// A time such as `500ms`, `20s`, `5m`, `2h`, `1d`.
  public static Parser<Duration> duration(Duration least, Duration most) {
    return new Parser<>(
        "a time from " + show(least) + " to " + show(most) + ", such as 500ms, 20s, 5m, 2h, 1d",
        text -> parseDuration(text, least, most));
  }

  /// A number of bytes such as `4096`, `64k`, `16m`, `1g`.
  public static Parser<Long> bytes(long least, long most) {
    return new Parser<>(
        "a number of bytes from " + least + " to " + most + ", such as 4096, 64k, 16m, 1g",
        text -> parseBytes(text, least, most));
  }

  /// A path, not empty.
  public static Parser<Path> path() {
    return new Parser<>("a path", text -> Path.of(notEmpty(text)));
  }

  /// One of some names.
  public static Parser<String> oneOf(List<String> names) {
    return new Parser<>(
        "one of " + String.join(", ", names),
        text -> {
          require(names.contains(text));
          return text;
        });
  }

  /// One of the constants of an enum, written in lower case, `-` for `_`.
  public static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    return new Parser<>(
        constants.stream().map(Parser::show).collect(joining(", ", "one of ", "")),
        text ->
            constants.stream()
                .filter(constant -> show(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /// One http or https address, or several joined by commas.
  public static Parser<String> httpAddresses() {
    return new Parser<>(
        "http(s) addresses, such as http://registry:8081", Parser::parseHttpAddresses);
  }

  private static String notEmpty(String text) {
    require(!text.isEmpty());
    return text;
  }

  private static boolean parseBool(String text) {
    require(text.equals("true") || text.equals("false"));
    return text.equals("true");
  }

  private static Duration parseDuration(String text, Duration least, Duration most) {
    Matcher amount = AMOUNT.matcher(text);
    require(amount.matches() && TIME_UNITS.containsKey(amount.group(2)));
    long millis = TIME_UNITS.get(amount.group(2)).toMillis();
    return Duration.ofMillis(
        within(times(amount.group(1), millis), least.toMillis(), most.toMillis()));
  }

  private static long parseBytes(String text, long least, long most) {
    Matcher amount = AMOUNT.matcher(text);
    require(amount.matches());
    Long unit = SIZE_UNITS.get(amount.group(2).toLowerCase(Locale.ROOT));
    require(unit != null);
    return within(times(amount.group(1), unit), least, most);
  }

  private static long times(String digits, long unit) {
    long number = Long.parseLong(digits);
    require(number <= Long.MAX_VALUE / unit);
    return number * unit;
  }

  private static String parseHttpAddresses(String text) {
    for (String address : notEmpty(text).split(",", -1)) {
      URI uri = URI.create(address.strip());
      require("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      require(uri.getHost() != null);
    }
    return text;
  }

  private static long within(long number, long least, long most) {
    require(least <= number && number <= most);
    return number;
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }

  private static String show(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String show(Duration duration) {
    for (String unit : List.of("d", "h", "m", "s")) {
      long millis = TIME_UNITS.get(unit).toMillis();
      if (duration.toMillis() >= millis && duration.toMillis() % millis == 0) {
        return duration.toMillis() / millis + unit;
      }
    }
    return duration.toMillis() + "ms";
  }
}
