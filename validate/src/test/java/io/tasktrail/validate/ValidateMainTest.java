package io.tasktrail.validate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.role.Launch;
import io.tasktrail.role.Shutdown;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateMainTest {

  private static final String VALID =
      "{\"@timestamp\":\"2026-11-20T17:33:00Z\",\"ecs\":{\"version\":\"9.9.9\"}}\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path directory;

  @Test
  void validDocumentsAreStatusZero() throws IOException {
    assertThat(run("", VALID + VALID, ecs())).isZero();

    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).contains("2 documents are valid");
  }

  @Test
  void aViolationIsToldByFileLinePathAndRule() throws IOException {
    String text = VALID + VALID.replace("\"ecs\"", "\"\\u001becs\"") + "{\n[]\n{\"a\":1,\"a\":2}\n";
    assertThat(run("", text, ecs())).isEqualTo(1);

    String file = directory.resolve("documents").toString();
    assertThat(out.toString(UTF_8))
        .contains(
            file + ":2: \\u001becs: unknown: ",
            file + ":2: ecs.version: required: ",
            file + ":3: (document): json: ",
            file + ":4: (document): json: an object is expected",
            file + ":5: (document): json: Duplicate field 'a'");
    assertThat(err.toString(UTF_8)).contains("in 4 documents").contains("(5 documents)");
  }

  @Test
  void aDashIsStandardInput() throws IOException {
    assertThat(run(VALID, "", "--schema", "ecs", "--definitions", ecsDirectory(), "-")).isZero();
  }

  @Test
  void missingDefinitionsSayWhereTheyAreToBeHad() throws IOException {
    assertThat(run("", VALID, "--schema", "ocsf", "--definitions", directory.toString(), "-"))
        .isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("dictionary.json", "github.com/ocsf/ocsf-schema");
  }

  @Test
  void aSchemaThatThereIsNotIsBadUsage() throws IOException {
    assertThat(run("", VALID, "--schema", "cef", "--definitions", ".", "-")).isEqualTo(2);
  }

  private String[] ecs() throws IOException {
    String file = directory.resolve("documents").toString();
    return new String[] {"--schema", "ecs", "--definitions", ecsDirectory(), file};
  }

  private String ecsDirectory() throws IOException {
    return Definitions.ecs(directory).toString();
  }

  private int run(String input, String documents, String... args) throws IOException {
    Files.writeString(directory.resolve("documents"), documents);
    PrintStream standardError = new PrintStream(err, true, UTF_8);
    ValidateMain command =
        new ValidateMain(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            standardError);
    PrintWriter errors = new PrintWriter(standardError, true, UTF_8);
    return Launch.run(command, new Shutdown(), errors, errors, args);
  }
}
