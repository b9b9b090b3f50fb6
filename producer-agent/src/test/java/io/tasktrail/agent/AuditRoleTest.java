package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRoleTest {

  private static final int EXECS = 500;

  @Test
  void recordsArePublishedMaskedAndTheRoleEndsWithItsInput(@TempDir Path dir) throws Exception {
    Path output = dir.resolve("capture.avro");

    List<TaskEvent> events = read(log(dir), output);

    assertThat(events).hasSize(EXECS);
    assertThat(events)
        .extracting(event -> ((Fact.Executed) event.fact()).arguments().values())
        .allMatch(values -> values.equals(List.of(ByteText.of("mysql"), ByteText.of("-p***"))));
    assertThat(events).extracting(event -> event.header().sequence()).doesNotHaveDuplicates();
  }

  private static List<TaskEvent> read(Path log, Path output) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    AuditRole.Plan plan =
        new AuditRole.Plan(
            log.toString(),
            Optional.of(new UUID(1, 2)),
            new Target.File(output),
            Duration.ofMillis(10),
            256,
            Duration.ofSeconds(10),
            Rules.of(Optional.empty(), List.of()));
    try (AuditRole _ =
        AuditRole.start(plan, () -> ended.complete(null), ended::completeExceptionally)) {
      ended.get(1, TimeUnit.MINUTES);
    }
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
          .append(" arch=c000003e syscall=59 success=yes exit=0 ppid=1 pid=50 uid=0 ses=1")
          .append(" comm=\"mysql\" exe=\"/bin/mysql\"\n")
          .append("type=EXECVE ")
          .append(stamp)
          .append(" argc=2 a0=\"mysql\" a1=\"-pSECRET\"\n");
    }
    return Files.writeString(dir.resolve("audit.log"), log);
  }
}
