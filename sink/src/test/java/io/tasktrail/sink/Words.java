package io.tasktrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.formats.Format;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/// Events that say one word, bytes of the topic that are that word, and lines that are that word.
public final class Words {

  /// Bytes that will never be an event.
  public static final String POISON = "poison";

  /// An event that the format chokes on.
  public static final String UNSPEAKABLE = "unspeakable";

  /// Positions are of this.
  public static final Source SOURCE = new Source("tasktrail.audit-events", "id-1", "group-1");

  private static final UUID ID = new UUID(1, 2);

  private Words() {}

  /// An event of this word.
  public static AuditEvent event(String word) {
    Header header =
        new Header(new HostId(ID), "web-1", new BootId(ID), new CaptureId(ID), -1, 1, 2, 3);
    return AuditEvent.of(new TaskEvent(header, new Fact.AgentStopping(word)));
  }

  /// Of an event that nobody has a reason to refuse.
  public static void unrefused(Exception reason) {
    assertThat(reason).isNull();
  }

  /// Lines of one word.
  public static Format format() {
    return new Format() {
      @Override
      public String name() {
        return "words";
      }

      @Override
      public byte[] format(AuditEvent event) {
        String word = word(event);
        if (word.equals(UNSPEAKABLE)) {
          throw new IllegalArgumentException(word);
        }
        return word.getBytes(UTF_8);
      }
    };
  }

  /// Reads bytes of the topic.
  public static Deserializer<AuditEvent> values() {
    return (_, bytes) -> {
      String word = new String(bytes, UTF_8);
      if (word.equals(POISON)) {
        throw new SerializationException("Unknown magic byte!");
      }
      return event(word);
    };
  }

  /// The word of an event.
  public static String word(AuditEvent event) {
    return ((Fact.AgentStopping) event.event().fact()).reason();
  }
}
