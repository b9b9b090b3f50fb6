package io.tasktrail.loopback;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract, held by a registry that is not ours.
class ApicurioRegistryIT extends RegistryContract {

  private static Apicurio registry;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Apicurio.isThere(), "skipped: no Apicurio Registry; 'mvn verify' unpacks it into target/");
    registry = Apicurio.start();
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Override
  String url() {
    return registry.url();
  }
}
