package io.tasktrail.sink.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is imported into Kibana or OpenSearch Dashboards, object by object.
record SavedObjects(Map<String, JsonNode> byId) {

  private static final Path FILE = Path.of("src/main/searches/tasktrail.ndjson");
  private static final ObjectMapper JSON = new ObjectMapper();

  static SavedObjects read() throws IOException {
    Map<String, JsonNode> byId = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      JsonNode object = JSON.readTree(line);
      if (byId.put(object.path("id").asText(), object) != null) {
        throw new IllegalStateException("twice: " + object.path("id"));
      }
    }
    return new SavedObjects(byId);
  }

  JsonNode get(String id) {
    return byId.get(id);
  }

  /// JSON that stands as a text within JSON.
  static JsonNode within(JsonNode text) throws IOException {
    return JSON.readTree(text.asText());
  }

  /// What a search asks for.
  JsonNode source(String search) throws IOException {
    return within(get(search).at("/attributes/kibanaSavedObjectMeta/searchSourceJSON"));
  }

  /// The indices of a search.
  String indices(String search) {
    String pattern = get(search).at("/references/0/id").asText();
    return get(pattern).at("/attributes/title").asText();
  }

  /// The request that is made of a search: a query in Lucene's words becomes a `query_string`, a
  /// click in a table a filter, the search's own order the order.
  ///
  /// @param clicked fields with the values that were clicked
  String request(String search, Map<String, String> clicked) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("size", 500);
    ObjectNode all = request.putObject("query").putObject("bool");
    all.putArray("must")
        .addObject()
        .putObject("query_string")
        .put("query", source(search).at("/query/query").asText())
        .put("analyze_wildcard", true);
    var filters = all.putArray("filter");
    clicked.forEach(
        (field, value) -> filters.addObject().putObject("match_phrase").put(field, value));
    var sort = request.putArray("sort");
    for (JsonNode by : get(search).at("/attributes/sort")) {
      sort.addObject().putObject(by.get(0).asText()).put("order", by.get(1).asText());
    }
    return request.toString();
  }

  /// The fields of which a table makes its rows.
  List<String> rows(String table) throws IOException {
    List<String> fields = new ArrayList<>();
    for (JsonNode agg : within(get(table).at("/attributes/visState")).path("aggs")) {
      if (agg.path("schema").asText().equals("bucket")) {
        fields.add(agg.at("/params/field").asText());
      }
    }
    return fields;
  }
}
