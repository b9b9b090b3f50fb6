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

class OcsfSchemaTest {

  private static final String VALID =
      "{'class_uid':3002,'category_uid':3,'activity_id':1,'type_uid':300201,"
          + "'metadata':{'version':'9.9.9','profiles':['paint/painted']},"
          + "'thing':{'name':'x','port':65535,'color':'red'},'unmapped':{'anything':[1]}}";

  @TempDir Path directory;

  @Test
  void aDocumentOfWhatIsDefinedIsValid() throws IOException {
    assertThat(violations(VALID)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'class_uid':3002   | 'class_uid':3009   | class_uid: enum",
        "'category_uid':3   | 'category_uid':4   | category_uid: value",
        "300201             | 300202             | type_uid: value",
        "'activity_id':1    | 'activity_id':7    | activity_id: enum",
        "'name':'x',        | ``                 | thing: at_least_one",
        "'name':'x'         | 'name':1           | thing.name: type",
        "'name':'x'         | 'name':['x']       | thing.name: type",
        "'name':'x'         | 'size':'x'         | thing.size: unknown",
        "'name':'x'         | 'name':'x','hidden':'y' | thing.hidden: deprecated",
        "65535              | 65536              | thing.port: type",
        "65535              | 99999999999        | thing.port: type",
        "['paint/painted']  | []                 | thing.color: profile",
        "['paint/painted']  | 'paint/painted'    | metadata.profiles: array",
        "['paint/painted']  | ['heavy']          | weight: required",
        "'thing':           | 'unmapped2':       | thing: required",
        "'9.9.9'            | '9.9.8'            | metadata.version: value"
      })
  void whatIsNotAsDefinedIsToldByPathAndRule(String right, String wrong, String told)
      throws IOException {
    assertThat(VALID).contains(right);
    assertThat(violations(VALID.replace(right, wrong)))
        .extracting(Violation::toString)
        .anyMatch(text -> text.startsWith(told + ": "));
  }

  @Test
  void aDirectoryWithoutTheDictionaryIsRefused() {
    assertThatThrownBy(() -> Schema.ocsf(directory)).hasMessageContaining("dictionary.json");
  }

  private List<Violation> violations(String document) throws IOException {
    return Schema.ocsf(Definitions.ocsf(directory))
        .violations(new JsonMapper().readTree(document.replace('\'', '"')));
  }
}
