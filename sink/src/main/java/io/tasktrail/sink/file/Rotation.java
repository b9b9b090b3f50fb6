package io.tasktrail.sink.file;

import java.time.Duration;
import java.util.Optional;

/// When a file is finished.
///
/// @param bytesMax at which length; empty: at none
/// @param ageMax how long after its first line; empty: never
record Rotation(Optional<Long> bytesMax, Optional<Duration> ageMax) {

  static final Rotation NONE = new Rotation(Optional.empty(), Optional.empty());

  /// Whether files are finished at all.
  boolean isOn() {
    return bytesMax.isPresent() || ageMax.isPresent();
  }

  /// Whether a file is finished; never an empty one.
  ///
  /// @param age since its first line
  boolean isDue(long length, Duration age) {
    return length > 0
        && (bytesMax.filter(most -> length >= most).isPresent()
            || ageMax.filter(most -> age.compareTo(most) >= 0).isPresent());
  }
}
