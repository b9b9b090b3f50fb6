package io.tasktrail.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {

  private static final String HERE = "here:9092";

  @Test
  void withoutAnAddressItIsTheClusterThatEventsComeFrom() {
    KafkaPlan plan = plan(Map.of("sink.kafka.producer.linger.ms", "50", "sasl.mechanism", "PLAIN"));

    assertThat(plan.producer())
        .containsEntry("bootstrap.servers", HERE)
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("linger.ms", "50");
    assertThat(plan.reader()).containsEntry("sasl.mechanism", "PLAIN");
  }

  @Test
  void toAnotherClusterNoCredentialsGoThatAreOfThisOne() {
    KafkaPlan plan =
        plan(
            Map.of(
                "sink.kafka.producer.bootstrap.servers", "there:9092",
                "sink.kafka.producer.security.protocol", "SSL",
                "sasl.jaas.config", "secret",
                "ssl.keystore.password", "secret"));

    assertThat(plan.producer())
        .containsEntry("bootstrap.servers", "there:9092")
        .containsEntry("security.protocol", "SSL")
        .doesNotContainValue("secret");
    assertThat(plan.reader())
        .containsEntry("bootstrap.servers", "there:9092")
        .doesNotContainValue("secret");
    assertThat(plan.toString()).isEqualTo("KafkaPlan[tasktrail.siem-events at there:9092]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acks", "transactional.id", "enable.idempotence", "key.serializer"})
  void whatExactlyOnceRestsOnIsNotTheUsers(String name) {
    assertThatThrownBy(() -> plan(Map.of("sink.kafka.producer." + name, "1")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.kafka.producer." + name);
  }

  @Test
  void whatTheProducerDoesNotKnowIsAnError() {
    assertThatThrownBy(() -> plan(Map.of("sink.kafka.producer.linger", "1")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.kafka.producer.linger");
  }

  @Test
  void whatIsReadIsNotWritten() {
    assertThatThrownBy(() -> plan(Map.of("sink.kafka.topic", "tasktrail.audit-events")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it is the topic that is read");
    assertThat(
            plan(Map.of(
                    "sink.kafka.topic", "tasktrail.audit-events",
                    "sink.kafka.producer.bootstrap.servers", "there:9092"))
                .topic())
        .isEqualTo("tasktrail.audit-events");
  }

  private static KafkaPlan plan(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put("bootstrap.servers", HERE);
    return KafkaSettings.plan(Settings.of(SinkSettings.DECLARED, all));
  }
}
