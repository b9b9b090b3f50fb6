package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.sink.AuditTopic;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.SinkProcess;
import io.tasktrail.sink.Told;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds of documents in every store that speaks `_bulk`; the test of each one implements it.
interface StoreContract {

  Duration PATIENCE = Duration.ofMinutes(1);

  /// Thirty rounds are as many documents as are found in one search.
  int EVENTS_A_ROUND = 300;
  int MANY = 3000;

  RealStore store();

  @Test
  default void whatTheFoldToldIsThereOnceHoweverOftenItIsSent() throws IOException {
    Format ecs = Formats.named("ecs").orElseThrow();
    for (int time = 0; time < 3; time++) {
      try (Writing writing = days("told", ecs)) {
        for (AuditEvent event : Told.all()) {
          writing.write(event);
        }
        writing.sync();

        assertThat(writing.refused).isEmpty();
      }
    }

    assertThat(ids("told-*"))
        .containsExactlyInAnyOrderElementsOf(
            Told.all().stream().map(event -> event.id().toString()).distinct().toList());
  }

  @Test
  default void aCorrectionReplacesWhatItCorrectsInWhateverOrderTheyCome() throws IOException {
    try (Writing writing = days("corrected", new Revisions())) {
      for (int revision : new int[] {0, 2, 1, 2, 0}) {
        writing.write(revised(1, revision));
        writing.destination.flush();
      }

      assertThat(writing.refused).isEmpty();
    }

    assertThat(store().documents("corrected-*"))
        .hasSize(1)
        .allMatch(hit -> hit.at("/_source/revision").asInt() == 2)
        .allMatch(hit -> hit.path("_version").asInt() == 3);
  }

  @Test
  default void ofManyRequestsAtOnceEachDocumentHasItsLastCorrection() throws IOException {
    try (Writing writing = days("crowded", new Revisions())) {
      for (int revision = 0; revision < 3; revision++) {
        for (int number = 1; number <= MANY; number++) {
          writing.write(revised(number, revision));
        }
      }
      writing.sync();

      assertThat(writing.refused).isEmpty();
    }

    assertThat(store().documents("crowded-*"))
        .hasSize(MANY)
        .allMatch(hit -> hit.at("/_source/revision").asInt() == 2);
  }

  @Test
  default void whatTheMappingRefusesIsToldAndItsNeighboursArrive() throws IOException {
    store()
        .ask(
            "PUT",
            "/mapped-1970.01.01",
            "{\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}");
    try (Writing writing = days("mapped", new Numbers())) {
      for (int number = 1; number <= 100; number++) {
        writing.write(event(number));
      }
      writing.sync();

      assertThat(writing.refused)
          .hasSize(10)
          .allMatch(said -> said.contains("refused with status 400") && said.contains("[n]"));
    }

    assertThat(store().documents("mapped-*")).hasSize(90);
  }

  @Test
  default void theTemplateIsTaken() throws IOException {
    try (Writing writing = days("shaped", new Numbers())) {
      writing.write(event(1));
      writing.sync();
    }

    JsonNode mapping = store().get("/shaped-*/_mapping").iterator().next().path("mappings");
    assertThat(mapping.at("/properties/@timestamp/type").asText()).isEqualTo("date_nanos");
    assertThat(mapping.at("/properties/text/ignore_above").asInt()).isEqualTo(8191);
  }

  @Test
  default void savedSearchesFindEveryExecBelowAnSshSessionAndWhoLoadedAModule() throws IOException {
    Story story = new Story();
    try (Writing writing = days("tasktrail-events", Formats.named("ecs").orElseThrow())) {
      for (AuditEvent event : story.told()) {
        writing.write(event);
      }
      writing.sync();

      assertThat(writing.refused).isEmpty();
    }

    String session = Story.entityId(story.session);
    assertThat(found("tasktrail-execs-below-ssh", Map.of()))
        .extracting(StoreContract::commandLine)
        .containsExactly(
            "-bash",
            "-bash",
            "sudo insmod /tmp/evil.ko",
            "vi notes",
            "insmod /tmp/evil.ko",
            "rmmod evil");
    assertThat(
            found("tasktrail-execs-below-ssh", Map.of("process.entry_leader.entity_id", session)))
        .extracting(StoreContract::commandLine)
        .containsExactly("-bash", "sudo insmod /tmp/evil.ko", "insmod /tmp/evil.ko");

    List<JsonNode> loads = found("tasktrail-module-loads", Map.of("tasktrail.module.name", "evil"));
    assertThat(loads)
        .extracting(document -> document.at("/event/action").asText())
        .containsExactly("module_load", "module_unload");
    assertThat(loads.getFirst().at("/process/entity_id").asText())
        .isEqualTo(Story.entityId(story.insmod));
    assertThat(loads.getFirst().at("/process/entry_leader/entity_id").asText()).isEqualTo(session);
    assertThat(loads.getFirst().at("/tasktrail/completeness").asText()).isEqualTo("WHOLE");
    assertThat(loads.getFirst().at("/tasktrail/history").asText())
        .containsPattern("sshd;.*=>comm=bash;.*=>comm=sudo;.*=>comm=insmod;[^>]*$");
    assertThat(loads.getLast().at("/tasktrail/module/loaded_by/entity_id").asText())
        .isEqualTo(Story.entityId(story.insmod));

    assertThat(rows("tasktrail-ssh-sessions", "tasktrail-execs-below-ssh"))
        .hasSize(2)
        .containsEntry(session, 3L);
    assertThat(rows("tasktrail-modules", "tasktrail-module-loads"))
        .isEqualTo(Map.of("evil", 2L, "dummy", 1L));
  }

  /// What a saved search finds, with these clicked.
  private List<JsonNode> found(String search, Map<String, String> clicked) throws IOException {
    SavedObjects objects = SavedObjects.read();
    return store().search(objects.indices(search), objects.request(search, clicked)).stream()
        .map(hit -> hit.path("_source"))
        .toList();
  }

  /// What a table shows in its first column, and how many documents of each.
  private Map<String, Long> rows(String table, String search) throws IOException {
    SavedObjects objects = SavedObjects.read();
    Map<String, Long> rows = new HashMap<>();
    for (JsonNode row : store().rows(objects, table, search)) {
      rows.put(row.path("key").asText(), row.path("doc_count").asLong());
    }
    return rows;
  }

  private static String commandLine(JsonNode document) {
    return document.at("/process/command_line").asText();
  }

  @Test
  default void everyEventIsThereOnceHoweverOftenTheSinkIsKilled(@TempDir Path directory)
      throws Exception {
    List<String> expected = new ArrayList<>();
    try (AuditTopic topic = new AuditTopic(directory.resolve("broker"))) {
      SinkProcess.killInTheMiddle(
          () -> sink(topic, directory),
          () -> expected.addAll(produce(topic, expected.size())),
          () -> count("killed-*"));
      try (SinkProcess sink = sink(topic, directory)) {
        sink.awaitDrained(topic);
        assertThat(sink.stop()).isZero();
      }
    }

    assertThat(ids("killed-*")).containsExactlyInAnyOrderElementsOf(expected);
  }

  private int count(String indices) {
    store().get("/" + indices + "/_refresh");
    return store().get("/" + indices + "/_count").path("count").asInt();
  }

  /// Ids of all documents.
  default List<String> ids(String indices) {
    return store().documents(indices).stream().map(hit -> hit.path("_id").asText()).toList();
  }

  private static List<String> produce(AuditTopic topic, int from) throws Exception {
    topic.begin();
    List<AuditEvent> events =
        LongStream.rangeClosed(from + 1L, from + EVENTS_A_ROUND)
            .mapToObj(StoreContract::event)
            .toList();
    for (AuditEvent event : events) {
      topic.send((int) (event.event().header().sequence() % AuditTopic.PARTITIONS), event);
    }
    topic.commit();
    return events.stream().map(event -> event.id().toString()).toList();
  }

  private SinkProcess sink(AuditTopic topic, Path directory) throws IOException {
    Map<String, String> settings = new HashMap<>(topic.settings());
    settings.putAll(store().settings());
    settings.put("sink.bulk.index", "killed");
    settings.put("sink.bulk.documents", "20");
    settings.put("sink.sync.interval", "10ms");
    settings.put("max.poll.records", "20");
    settings.put("group.instance.id", "sink-1");
    return SinkProcess.start(List.of(), settings, directory.resolve("stderr"));
  }

  private Writing days(String index, Format format) throws IOException {
    return open(new Target.Days(index), format);
  }

  /// A destination that is ready.
  default Writing open(Target target, Format format) throws IOException {
    List<URI> nodes = List.of(store().address());
    return new Writing(
        new BulkDestination(
            new BulkPlan(
                nodes,
                target,
                RealStore.authorization(store().user()),
                store().authority(),
                true,
                new Throttle.Most(4, 100, 1 << 20),
                PATIENCE,
                PATIENCE),
            format));
  }

  /// An event that was corrected so often.
  static AuditEvent revised(long number, int revision) {
    AuditEvent first = event(number);
    return new AuditEvent(
        first.event(),
        revision,
        first.notice(),
        first.task(),
        first.other(),
        first.module(),
        first.firstSeenOnHost(),
        first.signalOrigin());
  }

  private static AuditEvent event(long number) {
    return Numbered.event(number, Instant.EPOCH);
  }

  /// A destination, and what it refused.
  final class Writing implements AutoCloseable {

    final BulkDestination destination;
    final List<String> refused = new ArrayList<>();

    Writing(BulkDestination destination) throws IOException {
      this.destination = destination;
      destination.resume(Words.SOURCE);
    }

    void write(AuditEvent event) throws IOException {
      destination.write(
          event,
          reason -> refused.add(event.event().header().sequence() + " " + reason.getMessage()));
    }

    void sync() throws IOException {
      destination.sync(Positions.NONE);
    }

    @Override
    public void close() {
      destination.close();
    }
  }

  /// What revision it is.
  record Revisions() implements Format {

    @Override
    public String name() {
      return "revisions";
    }

    @Override
    public byte[] format(AuditEvent event) {
      return ("{\"@timestamp\":0,\"revision\":" + event.revision() + "}").getBytes(UTF_8);
    }
  }

  /// Every tenth is none.
  record Numbers() implements Format {

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public byte[] format(AuditEvent event) {
      long number = event.event().header().sequence();
      String shown = number % 10 == 0 ? "\"no number\"" : Long.toString(number);
      return ("{\"n\":" + shown + ",\"text\":\"t\"}").getBytes(UTF_8);
    }
  }
}
