package io.tasktrail.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.formats.syslog.SyslogFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a process calls itself, a record has the fields that it has of a harmless one, and each
/// holds that name. Every format is read by a parser that knows its specification and nothing of
/// how it is written; `audit` by ausearch and by tasktrail's own reader, in tests of its own.
class HostileFormatsTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// The grammar of RFC 5424, section 6.
  private static final Pattern SYSLOG =
      Pattern.compile(
          "<(\\d{1,3})>1 (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{1,6}Z) ([!-~]{1,255})"
              + " ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) \\[([!#-<>-\\\\^-~]{1,32})((?:"
              + " [!#-<>-\\\\^-~]{1,32}=\"[^\"\\\\\\]]*+(?:\\\\[\"\\\\\\]][^\"\\\\\\]]*+)*+\")*+)]"
              + " (.*)",
          Pattern.DOTALL);

  private static final Pattern PARAMETER =
      Pattern.compile(" ([^ =]+)=\"([^\"\\\\\\]]*+(?:\\\\[\"\\\\\\]][^\"\\\\\\]]*+)*+)\"");

  /// The beginning of a pair: no value has an equals sign without a backslash before it.
  private static final Pattern KEY = Pattern.compile("(?:^| )([a-zA-Z0-9]+)=");

  /// What ends an argument: none has it within.
  private static final ByteText NUL = ByteText.of("\0");

  private static final List<AuditEvent> PLAIN = Samples.PLAIN.all();

  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void jsonHasTheSameMembers(ByteText name) throws IOException {
    if (name.equals(NUL)) {
      return;
    }
    for (String format : List.of("ecs", "ecs-ancestry", "ocsf", "splunk")) {
      List<AuditEvent> hostile = new Samples(name).all();
      for (int i = 0; i < hostile.size(); i++) {
        JsonNode document = JSON.readTree(write(format, hostile.get(i)));
        JsonNode plain = JSON.readTree(write(format, PLAIN.get(i)));

        assertThat(members(document)).as(format + " " + i).isEqualTo(members(plain));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void syslogIsAsItsGrammarAndHasTheSameParameters(ByteText name) {
    List<AuditEvent> hostile = new Samples(name).all();
    for (int i = 0; i < hostile.size(); i++) {
      Map<String, String> parameters = syslog(write("syslog", hostile.get(i)));

      assertThat(parameters.keySet())
          .containsExactlyElementsOf(syslog(write("syslog", PLAIN.get(i))).keySet());
    }
    assertThat(syslog(write("syslog", new Samples(name).only(Fact.Executed.class))))
        .hasEntrySatisfying("comm", value -> shows(value, name))
        .hasEntrySatisfying("cwd", value -> shows(value, name));
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void syslogIsAsItsGrammarHoweverShortItMustBe(ByteText name) {
    Samples samples = new Samples(name);
    for (AuditEvent event : List.of(samples.only(Fact.Executed.class), samples.killed())) {
      byte[] message = SyslogFormat.shortened(event, 8192).orElseThrow();

      assertThat(message).hasSizeLessThanOrEqualTo(8192);
      assertThat(syslog(new String(message, UTF_8)))
          .containsEntry("id", event.id().toString())
          .containsKey("shortened")
          .containsKeys(syslog(write("syslog", event)).keySet().toArray(String[]::new));
    }
  }

  @Test
  void aMessageOfSyslogCarriesALineOfAnotherFormat() {
    AuditEvent event = Samples.PLAIN.only(Fact.Executed.class);
    byte[] line = write("cef", event).getBytes(UTF_8);

    String message = new String(SyslogFormat.around(event, line), UTF_8);

    assertThat(syslog(message))
        .containsExactly(Map.entry("id", event.id().toString()), Map.entry("revision", "0"));
    assertThat(message).endsWith("] " + write("cef", event));
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void cefHasTheSameKeys(ByteText name) {
    List<AuditEvent> hostile = new Samples(name).all();
    for (int i = 0; i < hostile.size(); i++) {
      Map<String, String> extension = cef(write("cef", hostile.get(i)));

      assertThat(extension.keySet())
          .containsExactlyElementsOf(cef(write("cef", PLAIN.get(i))).keySet());
    }
    assertThat(cef(write("cef", new Samples(name).only(Fact.Executed.class))))
        .hasEntrySatisfying("dproc", value -> shows(value, name))
        .containsEntry("dpid", "4242");
  }

  @ParameterizedTest
  @MethodSource("io.tasktrail.formats.Hostile#names")
  void leefHasTheSameNames(ByteText name) {
    List<AuditEvent> hostile = new Samples(name).all();
    for (int i = 0; i < hostile.size(); i++) {
      assertThat(leef(write("leef", hostile.get(i))).keySet())
          .containsExactlyElementsOf(leef(write("leef", PLAIN.get(i))).keySet());
    }
    assertThat(leef(write("leef", new Samples(name).only(Fact.Executed.class))))
        .hasEntrySatisfying("comm", value -> shows(unescape(value), name));
  }

  /// Printable text is read as it was; the beginning of one that has no room.
  private static void shows(String value, ByteText name) {
    boolean isPrintable = name.toString().codePoints().noneMatch(Character::isISOControl);
    boolean isFormat =
        name.toString()
            .codePoints()
            .anyMatch(
                it ->
                    Character.getType(it) == Character.FORMAT
                        || (Character.isSpaceChar(it) && it != ' '));
    if (isPrintable && !isFormat && name.isUtf8()) {
      String shown = value.endsWith("...") ? value.substring(0, value.length() - 3) : value;
      assertThat(name.toString()).startsWith(shown);
      assertThat(shown).isNotEmpty();
    }
  }

  private static String write(String format, AuditEvent event) {
    return new String(Formats.named(format).orElseThrow().format(event), UTF_8);
  }

  private static Set<String> members(JsonNode document) {
    Set<String> paths = new TreeSet<>();
    members("", document, paths);
    paths.removeIf(path -> path.contains("/non_utf8"));
    return paths;
  }

  private static void members(String path, JsonNode node, Set<String> paths) {
    paths.add(path + ":" + node.getNodeType());
    node.properties().forEach(it -> members(path + "/" + it.getKey(), it.getValue(), paths));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        members(path + "/" + i, node.get(i), paths);
      }
    }
  }

  private static Map<String, String> syslog(String line) {
    Matcher message = SYSLOG.matcher(line);
    assertThat(message.matches()).as(line).isTrue();
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(message.group(8));
    while (parameter.find()) {
      assertThat(parameters.put(parameter.group(1), unescape(parameter.group(2)))).isNull();
    }
    return parameters;
  }

  private static Map<String, String> cef(String line) {
    List<String> header = new ArrayList<>(Stream.of(line.split("(?<!\\\\)\\|", 8)).toList());
    assertThat(header).hasSize(8).startsWith("CEF:0", "tasktrail", "tasktrail");
    assertThat(header.get(6)).matches("\\d{1,2}");
    Map<String, String> extension = new LinkedHashMap<>();
    List<MatchResult> keys = KEY.matcher(header.get(7)).results().toList();
    assertThat(keys.getFirst().start()).isZero();
    for (int i = 0; i < keys.size(); i++) {
      int end = i + 1 < keys.size() ? keys.get(i + 1).start() : header.get(7).length();
      String value = header.get(7).substring(keys.get(i).end(), end);
      assertThat(ESCAPED.matcher(value).replaceAll("")).doesNotContain("=", "\\");
      assertThat(extension.put(keys.get(i).group(1), unescape(value))).as(line).isNull();
    }
    return extension;
  }

  private static Map<String, String> leef(String line) {
    String[] header = line.split("\\|", 7);
    assertThat(header).hasSize(7).startsWith("LEEF:2.0", "tasktrail", "tasktrail");
    assertThat(header[5]).isEqualTo("x09");
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : header[6].split("\t", -1)) {
      int equals = pair.indexOf('=');
      assertThat(pairs.put(pair.substring(0, equals), pair.substring(equals + 1))).isNull();
    }
    return pairs;
  }

  private static String unescape(String value) {
    return ESCAPED.matcher(value).replaceAll(it -> Matcher.quoteReplacement(it.group(1)));
  }
}
