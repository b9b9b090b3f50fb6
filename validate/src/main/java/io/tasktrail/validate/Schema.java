package io.tasktrail.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What a document must be.
public interface Schema {

  /// Everything in which the document is not as it must be; empty where it is.
  List<Violation> violations(JsonNode document);

  /// Elastic Common Schema, by the `fields.csv` of a release.
  ///
  /// @param definitions an unpacked release of <https://github.com/elastic/ecs>, or the directory
  ///     that holds its `generated/csv/fields.csv`
  /// @throws IOException if it can't be read; the message says what is looked for
  static Schema ecs(Path definitions) throws IOException {
    return EcsSchema.read(definitions);
  }

  /// Open Cybersecurity Schema Framework, by the sources of a release.
  ///
  /// @param definitions an unpacked release of <https://github.com/ocsf/ocsf-schema>
  /// @throws IOException if it can't be read; the message says what is looked for
  static Schema ocsf(Path definitions) throws IOException {
    return OcsfSchema.read(definitions);
  }
}
