package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.TaskEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A source that goes on where another one was saved tells what that one would have told.
final class RestoredSourceTest {

  private static final int LIVES = 12;

  /// Of two nodes, with serials that were lost.
  private static byte[] log() {
    Log log = new Log();
    for (int life = 0; life < LIVES; life++) {
      int pid = 60 + life;
      log.exec(1, 50, "sshd").fork(1, 50, pid, "sshd").exec(50, pid, "ls", "-l").next();
      log.add("USER_CMD", "pid=" + pid + " uid=0 auid=1000 ses=3 msg='cmd=6C73 res=success'");
      log.exit(50, pid, "ls", 0).next();
    }
    List<String> lines = new ArrayList<>();
    log.list().forEach(line -> lines.addAll(List.of(line, "node=b " + line)));
    return String.join("\n", lines).getBytes(ISO_8859_1);
  }

  @Test
  void savedAtAnyByteItTellsTheSame() throws IOException {
    byte[] log = log();
    List<TaskEvent> whole = Told.of(log).events();
    assertThat(whole).isNotEmpty();
    for (int cut = 0; cut <= log.length; cut += 7) {
      List<TaskEvent> events = new ArrayList<>();
      AuditSource before = new AuditSource(Origin::ofNode, events::add);
      before.take(log, cut);
      AuditSource after = restored(saved(before), events);
      byte[] rest = Arrays.copyOfRange(log, cut, log.length);
      after.take(rest, rest.length);
      after.endFile();
      after.flush();
      assertThat(events).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void whatIsCutOffIsRefused() throws IOException {
    AuditSource source = new AuditSource(Origin::ofNode, _ -> {});
    source.take(log(), log().length);
    byte[] state = saved(source);
    for (int cut = 0; cut < state.length; cut += 13) {
      byte[] damaged = Arrays.copyOf(state, cut);
      assertThatThrownBy(() -> restored(damaged, new ArrayList<>()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> restored(new byte[] {0, 0, 0, 99}, new ArrayList<>()))
        .hasMessageContaining("another version");
  }

  private static byte[] saved(AuditSource source) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    source.save(out);
    return out.toByteArray();
  }

  private static AuditSource restored(byte[] state, List<TaskEvent> events) throws IOException {
    AuditSource source = new AuditSource(Origin::ofNode, events::add);
    source.restore(new ByteArrayInputStream(state));
    return source;
  }
}
