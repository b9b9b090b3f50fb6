package io.tasktrail.validate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `tasktrail validate`.
@Command(
    name = "validate",
    description = {
      "Checks documents, one JSON object a line, against the official definitions of a schema, and",
      "writes a line for each violation: FILE:LINE: PATH: RULE: FIX. Status 1 where there is any."
    })
public final class ValidateMain implements RoleCommand {

  private static final Path STANDARD_INPUT = Path.of("-");

  @Option(names = "--schema", required = true, paramLabel = "SCHEMA", description = "ecs or ocsf.")
  private SchemaName schema;

  @Option(
      names = "--definitions",
      required = true,
      paramLabel = "DIR",
      description = {
        "An unpacked release of the schema, from github.com/elastic/ecs or",
        "github.com/ocsf/ocsf-schema: its version is the one that is checked for."
      })
  private Path definitions;

  @Parameters(paramLabel = "FILE", description = "What is checked; - is standard input.")
  private Path file;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  ValidateMain(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /// The command line.
  public static void main(String... args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Launch.main(new ValidateMain(System.in, out, System.err), args);
  }

  @Override
  public void run(Shutdown shutdown) throws IOException {
    Documents documents = new Documents(definitions(), file.toString(), out);
    try (InputStream stream = open()) {
      documents.read(stream);
    }
    out.flush();
    if (documents.violations() > 0) {
      throw new Failure(
          documents.violations() + " violations in " + documents.invalid() + " documents",
          file + " (" + documents.count() + " documents)",
          "each stands above with what would be right");
    }
    err.println(documents.count() + " documents are valid");
  }

  private Schema definitions() {
    try {
      return schema.read(definitions);
    } catch (IOException unreadable) {
      throw new Failure(
          "no definitions",
          unreadable.getMessage(),
          "unpack a release of " + schema.releases() + " and name its directory by --definitions",
          unreadable);
    }
  }

  private InputStream open() throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return in;
    }
    if (!Files.isRegularFile(file)) {
      throw new Failure("no such file", file.toString(), "name a file of JSON, or - ");
    }
    return new BufferedInputStream(Files.newInputStream(file));
  }
}
