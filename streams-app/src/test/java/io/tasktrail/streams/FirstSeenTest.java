package io.tasktrail.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.Occasion;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// What is new in the fleet is told once, with the host that was first.
final class FirstSeenTest {

  private static final ByteText OLD = ByteText.of("<kernel> /bin/old");
  private static final long HOUR_NANOS = 3_600_000_000_000L;

  private final HostStory host = new HostStory(1);
  private final HostStory other = new HostStory(2);
  private final FoldedTopics topics;

  FirstSeenTest(TestInfo test, @TempDir Path stateDir) {
    topics = new FoldedTopics(test.getDisplayName(), stateDir, Map.of("fleet.lineages", "2"));
  }

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void lineageOfTwoHostsIsToldOnceWithTheFirst() {
    TaskEvent first = executes(host, "/bin/a");
    executes(other, "/bin/a");

    List<KeyValue<String, FirstSeen>> told = topics.firstSeen();

    assertThat(told).hasSize(1);
    FirstSeen news = told.getFirst().value;
    assertThat(told.getFirst().key).isEqualTo(news.fingerprint().toString());
    assertThat(news.domain()).hasToString("<kernel> /bin/a");
    assertThat(news.host()).isEqualTo(host.host());
    assertThat(news.occasion()).contains(Occasion.of(first.header()));
    assertThat(news.firstNanos())
        .isEqualTo(first.header().wallOffsetNanos() + first.header().bootNanos());
    assertThat(news.forgotten()).isZero();
    assertRows(Map.of("told", 1L, "known", 1L));
  }

  @Test
  void lineageThatIsExecutedInAnotherHourIsNoNews() {
    executes(host, "/bin/a");
    topics.receive(host.heartbeat(HOUR_NANOS));
    executes(host, "/bin/a");

    assertThat(topics.lineages()).hasSize(2);
    assertThat(topics.firstSeen()).hasSize(1);
  }

  @Test
  void chainThatLacksALinkIsNoLineage() {
    topics.receive(host.armed());
    TaskKey task = host.newTask();
    topics.receive(host.fork(TaskKey.ROOT, task));
    host.exec(task, "/bin/lost");

    topics.receive(host.exec(task, "/bin/after"));

    assertThat(topics.firstSeen()).isEmpty();
  }

  @Test
  void forgottenLineageIsToldAgainOfAnotherHostAndSaysThatItMay() {
    executes(host, "/bin/a");
    executes(host, "/bin/b");
    executes(host, "/bin/c");
    assertThat(topics.firstSeen()).extracting(news -> news.value.forgotten()).containsOnly(0L);

    executes(other, "/bin/a");

    assertThat(topics.firstSeen())
        .singleElement()
        .satisfies(
            news -> {
              assertThat(news.value.domain()).hasToString("<kernel> /bin/a");
              assertThat(news.value.host()).isEqualTo(other.host());
              assertThat(news.value.forgotten()).isEqualTo(1);
            });
    assertThat(topics.figures().get("tasktrail_lineages_forgotten_total")).isEqualTo(2);
  }

  @Test
  void forgottenLineageComesBackInSilenceWhereItIsNotNew() {
    executes(host, "/bin/a");
    executes(host, "/bin/b");
    executes(host, "/bin/c");
    topics.firstSeen();

    topics.receive(host.heartbeat(HOUR_NANOS));
    executes(host, "/bin/a");
    executes(other, "/bin/a");

    assertThat(topics.firstSeen()).isEmpty();
    assertRows(Map.of("told", 3L, "relearned", 1L, "known", 1L));
  }

  @Test
  void rowsOfBeforeTheFleetWasWatchedAreToldWithTheirTime() {
    Lineage old = new Lineage(host.host(), OLD, 17, 17 + 5 * HOUR_NANOS, 6, Optional.empty());

    topics.receive(old);
    executes(host, "/bin/old");

    assertThat(topics.firstSeen())
        .extracting(news -> news.value)
        .containsExactly(new FirstSeen(OLD, host.host(), 17, Optional.empty(), 0));
  }

  @Test
  void rowsThatTheFoldDidNotWriteAreCountedAndHarmless() {
    topics.receiveLineage(null, null);
    topics.receiveLineage("no fingerprint", new byte[] {0, 0, 0});
    topics.receiveLineage(host.key() + "/", "garbage".getBytes(StandardCharsets.UTF_8));

    executes(host, "/bin/a");

    assertThat(topics.firstSeen()).hasSize(1);
    assertRows(Map.of("unreadable", 3L, "told", 1L));
    topics.figures().assertBalanced();
  }

  private TaskEvent executes(HostStory on, String path) {
    TaskKey task = on.newTask();
    topics.receive(on.fork(TaskKey.ROOT, task));
    TaskEvent exec = on.exec(task, path);
    topics.receive(exec);
    return exec;
  }

  private void assertRows(Map<String, Long> expected) {
    Figures figures = topics.figures();
    expected.forEach(
        (outcome, rows) ->
            assertThat(
                    figures.get("tasktrail_lineage_rows_total{outcome=\"%s\"}".formatted(outcome)))
                .as(outcome)
                .isEqualTo(rows));
    assertThat(figures.sum("tasktrail_lineage_rows_total"))
        .isEqualTo(expected.values().stream().mapToLong(rows -> rows).sum());
  }
}
