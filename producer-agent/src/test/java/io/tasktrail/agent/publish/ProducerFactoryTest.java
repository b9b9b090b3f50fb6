package io.tasktrail.agent.publish;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.role.Failure;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerFactoryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ScramLoginModule required username=\"u\" password=\"hunter2\"",
        "ScramLoginModule password=\"hunter2\";",
        "ScramLoginModule required username=\"u\" password=hunter2 hunter2;",
        "ScramLoginModule required username=\"u\" password=\"hunter2;",
        "required password=hunter2;",
        "username=u password=hunter2;",
        "hunter2"
      })
  void malformedCredentialsAreAFailureThatDoesNotShowThem(String jaas) {
    ProducerFactory factory =
        new ProducerFactory(
            Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", jaas),
            1 << 20);

    assertThatThrownBy(factory::get)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sasl.jaas.config")
        .hasNoCause()
        .hasMessageNotContaining("hunter2");
  }
}
