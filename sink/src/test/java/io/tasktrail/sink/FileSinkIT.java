package io.tasktrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.role.Launch;
import io.tasktrail.role.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The file sink as a user runs it, against a real broker.
@Timeout(900)
class FileSinkIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WORDS_A_ROUND = 200;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ADDRESS = Pattern.compile("health and metrics at (http://\\S+)");
  private static final Comparator<String> BY_PLACE =
      Comparator.comparingInt(word -> Integer.parseInt(word.substring(2)));

  @TempDir Path directory;

  private AuditTopic topic;
  private Path file;
  private int produced;

  @BeforeEach
  void start() throws Exception {
    topic = new AuditTopic(directory.resolve("broker"));
    file = directory.resolve("lines");
  }

  @AfterEach
  void stop() throws Exception {
    topic.close();
  }

  @Test
  void everyLineIsThereOnceAndInOrderHoweverOftenTheSinkIsKilled() throws Exception {
    SinkProcess.killInTheMiddle(() -> sink(List.of()), () -> produce(WORDS_A_ROUND), this::length);
    int status = drainAndStop(List.of());

    assertThat(status).isZero();
    assertThat(wordsOf(file)).isEqualTo(expected());
  }

  @Test
  void finishedFilesAreWholeHoweverOftenTheSinkIsKilled() throws Exception {
    Map<String, String> rotating = Map.of("sink.file.rotate.bytes", "16k");
    SinkProcess.killInTheMiddle(
        () -> sink(List.of(), rotating), () -> produce(WORDS_A_ROUND), () -> finished().size());
    assertThat(drainAndStop(List.of(), rotating)).isZero();

    Path all = directory.resolve("all");
    for (Path each : finished()) {
      assertThat(Files.size(each)).isGreaterThanOrEqualTo(16 << 10);
      Files.write(all, Files.readAllBytes(each), CREATE, APPEND);
    }
    Files.write(all, Files.readAllBytes(file), CREATE, APPEND);
    assertThat(wordsOf(all)).isEqualTo(expected());
  }

  private List<Path> finished() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(each -> each.getFileName().toString().matches("lines\\.\\d{20}-\\d{20}"))
          .sorted()
          .toList();
    }
  }

  @Test
  void whatIsNotCommittedIsNotDeliveredAndPoisonIsSetAside() throws Exception {
    topic.begin();
    topic.send(0, "aborted");
    topic.abort();
    topic.begin();
    topic.send(0, "0-0");
    topic.send(0, "poison".getBytes(UTF_8));
    topic.send(0, new byte[0]);
    topic.send(0, new byte[] {0, 0, 0, 0, 99, 1});
    topic.send(0, "0-1");
    topic.send(1, "1-0");
    topic.send(2, "2-0");
    topic.commit();

    assertThat(drainAndStop(List.of())).isZero();

    assertThat(wordsOf(file))
        .isEqualTo(Map.of(0, List.of("0-0", "0-1"), 1, List.of("1-0"), 2, List.of("2-0")));
    var letters = topic.deadLetters(3);
    assertThat(letters).hasSize(3);
    assertThat(letters.getFirst().value()).isEqualTo("poison".getBytes(UTF_8));
    assertThat(
            new String(letters.getFirst().headers().lastHeader("tasktrail.topic").value(), UTF_8))
        .isEqualTo("tasktrail.audit-events");
  }

  @Test
  void whatTheFoldToldIsWrittenWholeBehindTheTopic() throws Exception {
    topic.begin();
    Told.all().forEach(event -> topic.send(0, event));
    topic.commit();

    assertThat(drainAndStop(List.of())).isZero();

    Format ecs = Formats.named("ecs").orElseThrow();
    assertThat(Files.readAllLines(file))
        .containsExactlyElementsOf(
            Told.all().stream().map(event -> new String(ecs.format(event), UTF_8)).toList());
  }

  /// A limit on the size of files stands for a full disk: it can be had, and raised, without root.
  @Test
  void aFullDiskDelaysAndLosesNothing() throws Exception {
    needPrlimit();
    produce(900);
    try (SinkProcess sink = sink(List.of("prlimit", "--fsize=131072:unlimited"))) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                sink.requireAlive();
                return sink.said().contains("nothing is lost, next attempt in");
              });
      assertThat(sink.said()).contains("File too large");
      run("prlimit", "--pid", Long.toString(sink.pid()), "--fsize=unlimited:unlimited");
      sink.awaitDrained(topic);

      assertThat(sink.stop()).isZero();
    }
    assertThat(Files.size(file)).isGreaterThan(131_072);
    assertThat(wordsOf(file)).isEqualTo(expected());
  }

  @Test
  void aMissingDirectoryIsSaidAndUsedOnceItIsThere() throws Exception {
    produce(30);
    file = directory.resolve("absent").resolve("lines");
    try (SinkProcess sink = sink(List.of(), Map.of("http.listen", "127.0.0.1:0"))) {
      await().atMost(PATIENCE).until(() -> asked(sink, "/health/ready").contains("because"));
      assertThat(asked(sink, "/health/ready")).contains("503", "its directory does not exist");
      assertThat(asked(sink, "/health/live")).contains("200", "RUNNING");
      assertThat(asked(sink, "/metrics")).contains("tasktrail_sink_failing 1.0");

      Files.createDirectory(file.getParent());
      sink.awaitDrained(topic);

      assertThat(asked(sink, "/health/ready")).contains("200", "RUNNING");
      assertThat(asked(sink, "/metrics"))
          .contains(
              "tasktrail_sink_failing 0.0",
              "tasktrail_sink_records_outcome_total{outcome=\"delivered\"} 30.0",
              "tasktrail_sink_unsynced_records 0.0",
              "tasktrail_sink_lag_records{partition=\"2\"} 0.0");
      assertThat(sink.stop()).isZero();
    }
    assertThat(wordsOf(file)).isEqualTo(expected());
  }

  @Test
  void sinksOfOneGroupShareThePartitionsAndDeliverEachEventOnce() throws Exception {
    Path other = directory.resolve("other-lines");
    produce(300);
    try (SinkProcess first = sink(List.of(), Map.of("group.instance.id", ""))) {
      await().atMost(PATIENCE).until(() -> length() > 0);
      Map<String, String> own = Map.of("group.instance.id", "", "sink.file.path", other.toString());
      try (SinkProcess second = sink(List.of(), own)) {
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  first.requireAlive();
                  second.requireAlive();
                  produce(30);
                  return Files.exists(other) && Files.size(other) > 0;
                });
        assertThat(first.stop()).isZero();
        produce(300);
        second.awaitDrained(topic);
        assertThat(second.stop()).isZero();
      }
    }

    Map<Integer, List<String>> all = wordsOf(file);
    wordsOf(other).forEach((partition, more) -> all.get(partition).addAll(more));
    all.values().forEach(each -> each.sort(BY_PLACE));
    assertThat(all).isEqualTo(expected());
  }

  @Test
  void aTopicThatWasMadeAnewIsDeliveredFromItsBeginning() throws Exception {
    produce(30);
    assertThat(drainAndStop(List.of())).isZero();
    topic.makeAnew();
    produced = 0;
    produce(30);

    assertThat(drainAndStop(List.of())).isZero();

    Map<Integer, List<String>> twice = expected();
    twice.values().forEach(each -> each.addAll(List.copyOf(each)));
    assertThat(wordsOf(file)).isEqualTo(twice);
  }

  private static String asked(SinkProcess sink, String path) throws Exception {
    sink.requireAlive();
    Matcher told = ADDRESS.matcher(sink.said());
    if (!told.find()) {
      return "";
    }
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(told.group(1) + path)).build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  @Test
  void atTheDeadlineItIsOneLineAndStatusOne() {
    StringWriter err = new StringWriter();

    int status =
        inThisJvm(
            err,
            "--set",
            "sink.retry.deadline=1s",
            "--set",
            "sink.file.path=" + directory.resolve("absent").resolve("lines"));

    assertThat(status).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tasktrail sink: the sink failed: ")
        .contains("its directory does not exist", "given up at sink.retry.deadline")
        .hasLineCount(1);
  }

  @Test
  void aMissingTopicIsOneLineAndStatusOne() {
    StringWriter err = new StringWriter();

    int status =
        inThisJvm(err, "--set", "sink.topic=no-such-topic", "--set", "sink.file.path=" + file);

    assertThat(status).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tasktrail sink: no such topic: no-such-topic at 127.0.0.1:")
        .hasLineCount(1);
  }

  private int inThisJvm(StringWriter err, String... more) {
    List<String> args = new ArrayList<>(List.of("--set", "http.listen=off"));
    topic.settings().forEach((key, value) -> args.addAll(List.of("--set", key + '=' + value)));
    args.addAll(List.of(more));
    return Launch.run(
        new SinkMain(),
        new Shutdown(),
        new PrintWriter(err, true),
        new PrintWriter(err, true),
        args.toArray(String[]::new));
  }

  /// Words that say their partition and their place in it.
  private int produce(int count) throws Exception {
    int end = produced + count;
    while (produced < end) {
      topic.begin();
      for (int i = 0; i < 50 && produced < end; i++, produced++) {
        topic.send(produced % AuditTopic.PARTITIONS, word(produced));
      }
      topic.commit();
    }
    return produced;
  }

  private static String word(int number) {
    return number % AuditTopic.PARTITIONS + "-" + number / AuditTopic.PARTITIONS;
  }

  /// All words that were produced, by partition.
  private Map<Integer, List<String>> expected() {
    Map<Integer, List<String>> expected = new HashMap<>();
    for (int word = 0; word < produced; word++) {
      expected
          .computeIfAbsent(word % AuditTopic.PARTITIONS, _ -> new ArrayList<>())
          .add(word(word));
    }
    return expected;
  }

  private static Map<Integer, List<String>> wordsOf(Path lines) throws IOException {
    Map<Integer, List<String>> found = new HashMap<>();
    for (String line : Files.readAllLines(lines)) {
      JsonNode document = new JsonMapper().readTree(line);
      String word = document.at("/event/reason").textValue();
      found.computeIfAbsent(word.charAt(0) - '0', _ -> new ArrayList<>()).add(word);
    }
    return found;
  }

  private int drainAndStop(List<String> before) throws Exception {
    return drainAndStop(before, Map.of());
  }

  private int drainAndStop(List<String> before, Map<String, String> more) throws Exception {
    try (SinkProcess sink = sink(before, more)) {
      sink.awaitDrained(topic);
      return sink.stop();
    }
  }

  private SinkProcess sink(List<String> before) throws IOException {
    return sink(before, Map.of());
  }

  private SinkProcess sink(List<String> before, Map<String, String> more) throws IOException {
    Map<String, String> settings = new HashMap<>(topic.settings());
    settings.put("sink.file.path", file.toString());
    settings.put("sink.sync.interval", "10ms");
    settings.put("sink.sync.records", "40");
    settings.put("max.poll.records", "20");
    settings.put("group.instance.id", "sink-1");
    settings.putAll(more);
    settings.values().removeIf(String::isEmpty);
    return SinkProcess.start(before, settings, directory.resolve("stderr"));
  }

  private long length() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  private static void needPrlimit() throws Exception {
    boolean there;
    try {
      there = new ProcessBuilder("prlimit", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      there = false;
    }
    if (!there) {
      System.out.println("skipped: no prlimit (util-linux) to stand for a full disk");
    }
    assumeTrue(there, "no prlimit (util-linux)");
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
