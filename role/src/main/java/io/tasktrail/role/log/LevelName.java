package io.tasktrail.role.log;

import java.util.Locale;
import java.util.logging.Level;

/// The names of a level: SLF4J's, which users know, and that of `java.util.logging`, to which
/// SLF4J's provider maps it.
enum LevelName {
  TRACE("FINEST"),
  DEBUG("FINE"),
  INFO("INFO"),
  WARN("WARNING"),
  ERROR("SEVERE"),
  OFF("OFF");

  private final String ofJdk;

  LevelName(String ofJdk) {
    this.ofJdk = ofJdk;
  }

  /// What `java.util.logging` calls it.
  String ofJdk() {
    return ofJdk;
  }

  /// The least severe one that is not below a level.
  static LevelName of(Level level) {
    for (LevelName name : values()) {
      if (Level.parse(name.ofJdk).intValue() >= level.intValue()) {
        return name;
      }
    }
    return OFF;
  }

  /// By SLF4J's name, in any case.
  static LevelName of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
