package io.tasktrail.agent;

/// What an agent reads.
public enum CaptureSource {
  /// The ring that tasktrail-arm pinned.
  KERNEL,
  /// Records of the audit system.
  AUDIT,
  /// What tasktrail-listen tells: the proc connector and /proc.
  PROC
}
