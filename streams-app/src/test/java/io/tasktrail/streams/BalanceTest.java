package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.Completeness;
import io.tasktrail.event.History;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// What became of all that was read, as operators see it.
final class BalanceTest {

  private static final Map<String, String> FEW_ENDED = Map.of("fold.ended.tasks", "1");

  private final HostStory host = new HostStory(1);
  private FoldedTopics topics;

  @BeforeEach
  void open(TestInfo test, @TempDir Path stateDir) {
    topics = new FoldedTopics(test.getDisplayName(), stateDir, FEW_ENDED);
    topics.receive(host.armed());
  }

  @AfterEach
  void close() {
    topics.figures().assertBalanced();
    topics.close();
  }

  @Test
  void whatAFilterMadeQuietIsSilentAndWhatItStartsHasItsWholeHistory() {
    TaskKey backup = host.newTask();
    topics.receive(host.fork(TaskKey.ROOT, backup));
    TaskEvent quiet = quieted(host.exec(backup, "/bin/backup"));
    topics.receive(quiet);
    topics.receive(quiet);
    TaskKey tar = host.newTask();
    topics.receive(quieted(host.fork(backup, tar)));
    topics.receive(host.exec(tar, "/bin/tar"));
    topics.receive(quieted(host.exit(backup)));

    List<AuditEvent> audited = topics.auditEvents().stream().map(each -> each.value).toList();
    assertThat(audited).hasSize(3).noneMatch(audit -> audit.event().header().quiet());
    History history = audited.getLast().task().orElseThrow().history();
    assertThat(history.links())
        .extracting(link -> link.comm().toString())
        .containsExactly("swapper/0", "backup", "tar");
    assertThat(history.completeness()).isEqualTo(Completeness.WHOLE);
    assertThat(topics.figures().outcome("silent")).isEqualTo(3);
    assertThat(topics.figures().outcome("duplicate")).isEqualTo(1);
  }

  private static TaskEvent quieted(TaskEvent event) {
    return new TaskEvent(event.header().quieted(), event.fact());
  }

  @Test
  void duplicateIsToldFromWhatWasEmitted() {
    TaskEvent forked = host.fork(TaskKey.ROOT, host.newTask());

    topics.receive(forked);
    topics.receive(forked);

    assertThat(topics.figures().outcome("emitted")).isEqualTo(2);
    assertThat(topics.figures().outcome("duplicate")).isEqualTo(1);
  }

  @Test
  void eachWayToADeadLetterHasItsReason() {
    byte[] event = topics.bytes(host.heartbeat(0));

    topics.receive(host.key(), "no event".getBytes(UTF_8));
    topics.receive("somebody else", event);
    topics.receive(host.key(), null);

    for (String reason : List.of("undecodable", "wrong_key", "no_value")) {
      assertThat(topics.figures().get("tasktrail_dead_letters_total{reason=\"" + reason + "\"}"))
          .as(reason)
          .isEqualTo(1);
    }
  }

  @Test
  void auditEventsAreCountedByActionAndCompleteness() {
    TaskKey task = host.newTask();
    topics.receive(host.fork(TaskKey.ROOT, task));
    topics.receive(host.exec(task, "/bin/true"));

    assertThat(audited("agent_started", "none")).isEqualTo(1);
    assertThat(audited("fork", "whole")).isEqualTo(1);
    assertThat(audited("exec", "whole")).isEqualTo(1);
  }

  @Test
  void whatIsForgottenAtABoundIsCounted() {
    for (int i = 0; i < 4; i++) {
      TaskKey task = host.newTask();
      topics.receive(host.fork(TaskKey.ROOT, task));
      topics.receive(host.exit(task));
    }

    assertThat(topics.figures().get("tasktrail_evictions_total{reason=\"ended_tasks\"}"))
        .isEqualTo(3);
  }

  private long audited(String action, String completeness) {
    return topics
        .figures()
        .get(
            "tasktrail_audit_events_total{action=\"%s\",completeness=\"%s\"}"
                .formatted(action, completeness));
  }
}
