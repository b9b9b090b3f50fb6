package io.tasktrail.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.Facts;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePublisherTest {

  private static final UUID ID = new UUID(1, 1);

  @TempDir Path dir;
  private final List<Long> acknowledged = new ArrayList<>();
  private long now;

  @Test
  void eventIsAcknowledgedOnceTheDiskHasIt() throws IOException {
    Path file = dir.resolve("capture.avro");
    FilePublisher publisher = open(file);
    publisher.publish(event(1), 10);
    publisher.publish(event(2), 11);
    publisher.doWork();
    assertThat(acknowledged).isEmpty();

    now += FilePublisher.SYNC.toNanos();
    publisher.doWork();

    assertThat(acknowledged).containsExactly(10L, 11L);
    assertThat(read(file)).containsExactly(event(1), event(2));
    publisher.close();
  }

  @Test
  void fileIsWholeOnceClosed() throws IOException {
    Path file = dir.resolve("capture.avro");
    FilePublisher publisher = open(file);
    publisher.publish(event(1), 0);

    publisher.close();

    assertThat(CaptureFile.read(file, _ -> {})).isTrue();
  }

  @Test
  void fileThatCannotBeMadeSaysSo() {
    Path file = dir.resolve("no/capture.avro");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(file.toString());
  }

  private FilePublisher open(Path file) {
    return new FilePublisher(
        file,
        new Acknowledgements() {
          @Override
          public void acknowledged(long token) {
            acknowledged.add(token);
          }

          @Override
          public void refused(long token, String reason) {
            throw new IllegalStateException(reason);
          }
        },
        () -> now);
  }

  private static List<TaskEvent> read(Path file) throws IOException {
    List<TaskEvent> events = new ArrayList<>();
    CaptureFile.read(file, events::add);
    return events;
  }

  private static TaskEvent event(long sequence) {
    return new TaskEvent(
        new Header(new HostId(ID), "h", new BootId(ID), new CaptureId(ID), 0, sequence, 1, 1),
        Facts.exited());
  }
}
