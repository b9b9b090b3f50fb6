package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The shape of what is imported: neither Kibana nor Dashboards is here to import it. What its
/// searches find is held against real stores in [StoreContract].
class SavedObjectsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COLUMNS = 48;

  private final SavedObjects objects = SavedObjects.read();

  SavedObjectsTest() throws IOException {}

  @Test
  void everyReferenceIsToAnObjectOfTheFile() {
    for (JsonNode object : objects.byId().values()) {
      for (JsonNode reference : object.path("references")) {
        assertThat(objects.byId()).containsKey(reference.path("id").asText());
        assertThat(objects.get(reference.path("id").asText()).path("type"))
            .isEqualTo(reference.path("type"));
      }
    }
  }

  @Test
  void everyNameOfAReferenceIsGiven() throws IOException {
    for (JsonNode object : objects.byId().values()) {
      Set<String> given = new HashSet<>();
      object.path("references").forEach(each -> given.add(each.path("name").asText()));
      Set<String> wanted = new HashSet<>();
      wanted(object.path("attributes"), wanted);

      assertThat(wanted).as(object.path("id").asText()).isEqualTo(given);
    }
  }

  private static void wanted(JsonNode node, Set<String> names) throws IOException {
    for (var member : node.properties()) {
      if (member.getKey().endsWith("RefName")) {
        names.add(member.getValue().asText());
      } else if (member.getKey().endsWith("JSON")) {
        wanted(SavedObjects.within(member.getValue()), names);
      } else {
        wanted(member.getValue(), names);
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        wanted(element, names);
      }
    }
  }

  @Test
  void everyPanelIsOnTheDashboard() throws IOException {
    JsonNode dashboard = objects.get("tasktrail-who-did-this");
    JsonNode panels = SavedObjects.within(dashboard.at("/attributes/panelsJSON"));

    assertThat(panels).hasSize(4);
    for (JsonNode panel : panels) {
      JsonNode grid = panel.path("gridData");
      assertThat(grid.path("x").asInt() + grid.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
      assertThat(grid.path("i")).isEqualTo(panel.path("panelIndex"));
    }
  }

  @Test
  void aSavedQueryAsksWhatItsSearchAsks() throws IOException {
    for (String what : List.of("execs-below-ssh", "module-loads")) {
      assertThat(objects.get("tasktrail-query-" + what).at("/attributes/query"))
          .isEqualTo(objects.source("tasktrail-" + what).path("query"));
    }
  }

  @Test
  void everyFieldIsOneOfDocuments() throws IOException {
    Set<String> known = new HashSet<>();
    Format ecs = Formats.named("ecs").orElseThrow();
    for (AuditEvent event : new Story().told()) {
      fields("", JSON.readTree(ecs.format(event)), known);
    }

    assertThat(known).containsAll(fields());
  }

  private List<String> fields() throws IOException {
    List<String> fields = new ArrayList<>(List.of("@timestamp"));
    for (JsonNode object : objects.byId().values()) {
      object.at("/attributes/columns").forEach(column -> fields.add(column.asText()));
      if (object.at("/attributes/visState").isTextual()) {
        fields.addAll(objects.rows(object.path("id").asText()));
      }
    }
    return fields;
  }

  private static void fields(String name, JsonNode node, Set<String> known) {
    if (node.isArray()) {
      node.forEach(element -> fields(name, element, known));
    } else if (node.isObject()) {
      String before = name.isEmpty() ? "" : name + ".";
      node.properties().forEach(each -> fields(before + each.getKey(), each.getValue(), known));
    } else {
      known.add(name);
    }
  }
}
