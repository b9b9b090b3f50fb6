package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the role's process says while it works and ends. Needs nothing but loopback.
final class LogIT {

  private static final String PAYLOAD = "canary-of-a-value";
  private static final String KEY = "canary-of-a-key";
  private static final int GARBAGE = 100;
  private static final long GRACE_SECONDS = 30;

  private final HostStory host = new HostStory(1);

  @TempDir private Path directory;

  @Test
  void noKeyAndNoPayloadIsLoggedAndAFloodOfDeadLettersIsFewLines() throws Exception {
    try (Platform platform = Platform.start(directory)) {
      StreamsProcess process =
          StreamsProcess.start(platform.settings(directory.resolve("state")), directory);
      try {
        platform.awaitTopic(Topics.TASK_EVENTS);
        List<TaskEvent> events = events();
        platform.publish(events);
        platform.send(garbage(platform));
        platform.awaitCommitted(Topics.DEAD_LETTERS, GARBAGE + 1);
        platform.awaitCommitted(Topics.AUDIT_EVENTS, events.size());

        long asked = System.nanoTime();
        assertThat(process.end()).isZero();
        assertThat(System.nanoTime() - asked).isLessThan(GRACE_SECONDS * 1_000_000_000L);
      } finally {
        process.kill();
      }
    }

    String log = Files.readString(directory.resolve("streams.log"));
    assertThat(log)
        .contains("health and metrics at http://127.0.0.1:")
        .contains("reason=wrong_key count=1 topic=tasktrail.task-events partition=")
        .contains("reason=undecodable count=64 topic=tasktrail.task-events partition=")
        .doesNotContain("canary", host.key());
    assertThat(log.lines().filter(line -> line.contains("dead letter"))).hasSizeLessThan(10);
  }

  private List<TaskEvent> events() {
    TaskKey task = host.newTask();
    return List.of(
        host.armed(), host.fork(TaskKey.ROOT, task), host.exec(task, "/bin/" + PAYLOAD, PAYLOAD));
  }

  /// Bytes that are no event, some of them in the shape of the wire format, and one true event
  /// under a key that is not its host's.
  private List<ProducerRecord<String, byte[]>> garbage(Platform platform) {
    List<ProducerRecord<String, byte[]>> garbage = new ArrayList<>();
    for (int i = 0; i < GARBAGE; i++) {
      String shape = i % 2 == 0 ? PAYLOAD : "\0\0\0\0\1" + PAYLOAD;
      garbage.add(new ProducerRecord<>(Topics.TASK_EVENTS, KEY, shape.getBytes(UTF_8)));
    }
    var values = WireFormat.taskEvents(platform.connection()).serializer();
    byte[] event = values.serialize(Topics.TASK_EVENTS, host.heartbeat(0));
    garbage.add(new ProducerRecord<>(Topics.TASK_EVENTS, KEY, event));
    return garbage;
  }
}
