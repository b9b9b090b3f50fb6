package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tasktrail.agent.filter.FilterRules;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.role.http.ListenAddress;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordRoleTest {

  private static final int EXECS = 500;

  @Test
  void recordsArePublishedMaskedAndTheRoleEndsWithItsInput(@TempDir Path dir) throws Exception {
    Path output = dir.resolve("capture.avro");

    List<TaskEvent> events = read(log(dir), output);

    assertThat(execs(events)).hasSize(EXECS);
    assertThat(execs(events))
        .extracting(event -> ((Fact.Executed) event.fact()).arguments().values())
        .allMatch(values -> values.equals(List.of(ByteText.of("mysql"), ByteText.of("-p***"))));
    assertThat(events).extracting(event -> event.header().eventId()).doesNotHaveDuplicates();
    assertThat(events.getLast().fact()).isInstanceOf(Fact.AgentStopping.class);
  }

  @Test
  void garbageAloneIsAFailure(@TempDir Path dir) throws Exception {
    Path garbage = Files.writeString(dir.resolve("garbage"), "what\never");

    assertThatThrownBy(() -> read(garbage, dir.resolve("capture.avro")))
        .hasCauseInstanceOf(Failure.class)
        .hasMessageContaining("none of 2 lines is a record of audit (line 1: no type=)");
  }

  @Test
  void somethingAmongGarbageIsRead(@TempDir Path dir) throws Exception {
    Path log = log(dir);
    Files.writeString(log, "garbage\n", StandardOpenOption.APPEND);

    assertThat(execs(read(log, dir.resolve("capture.avro")))).hasSize(EXECS);
  }

  @Test
  void whatIsFilteredIsQuietAndHealthIsTold(@TempDir Path dir) throws Exception {
    Path rules = Files.writeString(dir.resolve("rules"), "exclude exe=/bin/mysql\n");
    CompletableFuture<Void> ended = new CompletableFuture<>();
    RecordRole.Plan plan =
        plan(
            log(dir),
            Optional.of(dir.resolve("state")),
            dir.resolve("capture.avro"),
            FilterRules.of(rules),
            Optional.of(new ListenAddress("127.0.0.1", 0)));
    try (RecordRole role =
        RecordRole.start(plan, () -> ended.complete(null), ended::completeExceptionally)) {
      await()
          .untilAsserted(
              () -> {
                Map<String, Double> metrics =
                    Scrape.of(role.endpoint().orElseThrow()).assertBalanced().values();
                assertThat(metrics)
                    .containsEntry("tasktrail_records_total", 2.0 * EXECS)
                    .containsEntry("tasktrail_filtered_events_total{kind=\"exec\"}", 1.0 * EXECS);
              });
    }
    List<TaskEvent> events = events(dir.resolve("capture.avro"));

    assertThat(execs(events)).hasSize(EXECS).allMatch(event -> event.header().quiet());
    assertThat(events.getLast().fact()).isInstanceOf(Fact.AgentStopping.class);
  }

  private static RecordRole.Plan plan(
      Path log,
      Optional<Path> state,
      Path output,
      FilterRules rules,
      Optional<ListenAddress> listen) {
    return new RecordRole.Plan(
        CaptureSource.AUDIT,
        log.toString(),
        state,
        Optional.of(new UUID(1, 2)),
        new Target.File(output),
        Duration.ofMillis(10),
        Duration.ofHours(1),
        256,
        Duration.ofSeconds(10),
        Rules.of(Optional.empty(), List.of()),
        rules,
        listen,
        false);
  }

  private static List<TaskEvent> read(Path log, Path output) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    RecordRole.Plan plan = plan(log, Optional.empty(), output, FilterRules.NONE, Optional.empty());
    try (RecordRole _ =
        RecordRole.start(plan, () -> ended.complete(null), ended::completeExceptionally)) {
      ended.get(1, TimeUnit.MINUTES);
    }
    return events(output);
  }

  private static List<TaskEvent> execs(List<TaskEvent> events) {
    return events.stream().filter(event -> event.fact() instanceof Fact.Executed).toList();
  }

  private static List<TaskEvent> events(Path output) throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    assertThat(CaptureFile.read(output, events::add)).isTrue();
    return events;
  }

  private static Path log(Path dir) throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < EXECS; i++) {
      String stamp = "msg=audit(1795234567.100:%d):".formatted(i + 1);
      log.append("type=SYSCALL ")
          .append(stamp)
          .append(" arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=50 uid=0 euid=0 ses=1")
          .append(" comm=\"mysql\" exe=\"/bin/mysql\"\n")
          .append("type=EXECVE ")
          .append(stamp)
          .append(" argc=2 a0=\"mysql\" a1=\"-pSECRET\"\n");
    }
    return Files.writeString(dir.resolve("audit.log"), log);
  }
}
