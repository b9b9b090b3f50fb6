package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class RecordSizeTest {

  /// In Avro an argument takes no more than in the ring, with its NUL, but for lengths over 63.
  @Test
  void theLongestExecIsFarBelowWhatKafkaTakesByDefault() {
    int most =
        (int)
            ProducerConfig.configDef().defaultValues().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);

    assertThat(RingCursor.RECORD_MAX).isLessThan(most / 8);
  }
}
