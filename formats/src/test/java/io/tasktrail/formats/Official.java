package io.tasktrail.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.validate.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The official definitions of a schema, which stand beside the checkout: `shared/data` in one of
/// the directories above it.
public final class Official {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Official() {}

  /// The directory of that name; where there is none, the test is skipped and says so.
  public static Path definitions(String name) {
    Path wanted = Path.of("shared/data").resolve(name);
    Optional<Path> found =
        Stream.iterate(
                Path.of("").toAbsolutePath(), directory -> directory != null, Path::getParent)
            .map(directory -> directory.resolve(wanted))
            .filter(Files::isDirectory)
            .findFirst();
    if (found.isEmpty()) {
      System.out.println("skipped: no " + wanted + " beside the checkout");
    }
    assumeTrue(found.isPresent(), "no " + wanted + " beside the checkout");
    return found.orElseThrow();
  }

  /// Every sample of every kind, with every name, is as the schema demands.
  public static void holds(Schema schema, String format) throws IOException {
    for (ByteText name : Stream.concat(Stream.of(ByteText.of("sh")), Hostile.names()).toList()) {
      List<AuditEvent> events = new Samples(name).all();
      for (int i = 0; i < events.size(); i++) {
        byte[] document = Formats.named(format).orElseThrow().format(events.get(i));
        assertThat(schema.violations(JSON.readTree(document)))
            .as("sample " + (i + 1) + ", " + format)
            .isEmpty();
      }
    }
  }
}
