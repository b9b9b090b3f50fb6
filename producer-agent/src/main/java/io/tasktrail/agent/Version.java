package io.tasktrail.agent;

import java.util.Optional;

/// The version of the agent.
final class Version {

  /// As the jar's manifest has it.
  static final String OF_THIS =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("development");

  private Version() {}
}
