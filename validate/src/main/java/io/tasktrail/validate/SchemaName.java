package io.tasktrail.validate;

import java.io.IOException;
import java.nio.file.Path;

/// The schemas, as the command line names them.
enum SchemaName {
  ECS("https://github.com/elastic/ecs/releases") {
    @Override
    Schema read(Path definitions) throws IOException {
      return Schema.ecs(definitions);
    }
  },
  OCSF("https://github.com/ocsf/ocsf-schema/releases") {
    @Override
    Schema read(Path definitions) throws IOException {
      return Schema.ocsf(definitions);
    }
  };

  private final String releases;

  SchemaName(String releases) {
    this.releases = releases;
  }

  abstract Schema read(Path definitions) throws IOException;

  /// Where its makers publish the definitions.
  String releases() {
    return releases;
  }
}
