package io.tasktrail.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.History;
import io.tasktrail.event.Notice;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.TaskOrigin;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static final TaskEvent EXEC = new Captured("web").exec(7, 2, "sh").events().getFirst();

  private static final OptionalInt NONE = OptionalInt.empty();

  @Test
  void aNoticeIsOfItsTaskAndNotOfWhoGaveRiseToIt() {
    AuditEvent notice = AuditEvent.of(EXEC, Notice.ofTask(Notice.Kind.TASK_VANISHED), task(8));

    assertThat(ofPid(8).test(notice)).isTrue();
    assertThat(ofPid(7).test(notice)).isFalse();
  }

  @Test
  void aNoticeOfABootIsOfNoTask() {
    AuditEvent notice =
        AuditEvent.of(EXEC, Notice.ofBoot(Notice.Kind.BOOT_ENDED, EXEC.header().boot()));

    assertThat(ofPid(7).test(notice)).isFalse();
    assertThat(
            new Selection(Optional.of("web"), Optional.empty(), Optional.empty(), NONE)
                .test(notice))
        .isTrue();
  }

  private static Selection ofPid(int pid) {
    return new Selection(Optional.empty(), Optional.empty(), Optional.empty(), OptionalInt.of(pid));
  }

  private static AuditedTask task(int pid) {
    return new AuditedTask(
        EXEC.header().taskId(new TaskKey(pid, 1)),
        TaskOrigin.OBSERVED,
        ByteText.EMPTY,
        new AuditedTask.Parent(TaskKey.ROOT, ByteText.EMPTY, ByteText.EMPTY, ByteText.EMPTY),
        Optional.empty(),
        History.ROOT);
  }
}
