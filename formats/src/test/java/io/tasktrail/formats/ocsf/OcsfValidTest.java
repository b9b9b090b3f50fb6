package io.tasktrail.formats.ocsf;

import io.tasktrail.formats.Official;
import io.tasktrail.validate.Schema;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OcsfValidTest {

  @Test
  void everyDocumentIsAsTheOfficialDefinitionsDemand() throws IOException {
    Official.holds(Schema.ocsf(Official.definitions("ocsf-1.8.0")), "ocsf");
  }
}
