package io.tasktrail.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcsSchemaTest {

  private static final String VALID =
      "{'@timestamp':'2026-11-20T17:33:00Z','ecs':{'version':'9.9.9'},'event':{'kind':'event',"
          + "'category':['process'],'type':['start']},'process':{'pid':1,'Ext':{'a':[]}},"
          + "'tasktrail':{'anything':true}}";

  @TempDir Path directory;

  @Test
  void aDocumentOfFieldsThatAreKnownIsValid() throws IOException {
    assertThat(violations(VALID)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'pid':1       | 'pid':'1'      | process.pid: type",
        "'pid':1       | 'pid':[1]      | process.pid: array",
        "'pid':1       | 'pid':1.5      | process.pid: type",
        "'pid':1       | 'ppid':1       | process.ppid: unknown",
        "['process']   | 'process'      | event.category: array",
        "['process']   | ['prozess']    | event.category: enum",
        "['start']     | ['deletion']   | event.type: enum",
        "'event',      | 'occurrence',  | event.kind: enum",
        "'process':    | 'prozess':     | prozess: unknown",
        "2026-11-20T   | 2026-11-20X    | @timestamp: type",
        "'@timestamp'  | 'tasktrail2'   | @timestamp: required",
        "9.9.9         | 9.9.8          | ecs.version: value"
      })
  void whatIsNotAsTheListSaysIsToldByPathAndRule(String right, String wrong, String told)
      throws IOException {
    assertThat(VALID).contains(right);
    assertThat(violations(VALID.replace(right, wrong)))
        .extracting(Violation::toString)
        .anyMatch(text -> text.startsWith(told + ": "));
  }

  @Test
  void aDirectoryWithoutTheListIsRefused() {
    assertThatThrownBy(() -> Schema.ecs(directory))
        .hasMessageContaining("generated/csv/fields.csv");
  }

  private List<Violation> violations(String document) throws IOException {
    return Schema.ecs(Definitions.ecs(directory))
        .violations(new JsonMapper().readTree(document.replace('\'', '"')));
  }
}
