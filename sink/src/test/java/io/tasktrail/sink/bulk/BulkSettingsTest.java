package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import io.tasktrail.role.Declared;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkSettingsTest {

  private static final Declared DECLARED = Declared.of(BulkSettings.ALL);

  @Test
  void whereItGoesIsToldByItsName() {
    assertThat(named(Map.of())).isEqualTo("http://localhost:9200, indices tasktrail-events-*");
    assertThat(named(Map.of("sink.bulk.stream", "true", "sink.bulk.index", "logs-tasktrail")))
        .isEqualTo("http://localhost:9200, data stream logs-tasktrail");
  }

  private static String named(Map<String, String> settings) {
    return destination(settings, "ecs").name();
  }

  @Test
  void aDataStreamOfDocumentsWithoutATimeIsRefused() {
    assertThatThrownBy(() -> destination(Map.of("sink.bulk.stream", "true"), "ocsf"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.bulk.stream")
        .hasMessageContaining("ecs, ecs-ancestry");
  }

  @Test
  void twoKindsOfCredentialsAreRefused() {
    assertThatThrownBy(
            () ->
                destination(
                    Map.of("sink.bulk.user.info", "me:secret", "sink.bulk.api.key", "k"), "ecs"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("sink.bulk.api.key")
        .hasMessageNotContaining("secret");
  }

  private static BulkDestination destination(Map<String, String> settings, String format) {
    Format named = Formats.named(format).orElseThrow();
    return BulkSettings.destination(Settings.of(DECLARED, settings), named);
  }
}
