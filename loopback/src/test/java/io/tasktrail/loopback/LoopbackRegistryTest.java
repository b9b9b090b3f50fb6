package io.tasktrail.loopback;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LoopbackRegistryTest extends RegistryContract {

  private static LoopbackRegistry registry;

  @BeforeAll
  static void start() throws IOException {
    registry = LoopbackRegistry.start(LoopbackPort.free());
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Override
  String url() {
    return registry.url();
  }
}
