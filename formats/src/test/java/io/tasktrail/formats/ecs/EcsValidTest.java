package io.tasktrail.formats.ecs;

import io.tasktrail.formats.Official;
import io.tasktrail.validate.Schema;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EcsValidTest {

  @Test
  void everyDocumentIsAsTheOfficialListDemands() throws IOException {
    Official.holds(Schema.ecs(Official.definitions("ecs-9.4.0")), "ecs");
    Official.holds(Schema.ecs(Official.definitions("ecs-9.4.0")), "ecs-ancestry");
  }
}
