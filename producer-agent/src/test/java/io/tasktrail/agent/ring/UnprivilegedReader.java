package io.tasktrail.agent.ring;

import java.nio.file.Path;

/// Reads a capture as whoever runs it: what an agent without privilege does.
final class UnprivilegedReader {

  private UnprivilegedReader() {}

  /// Prints what comes first, or why nothing does.
  ///
  /// @param arguments the pin folder
  public static void main(String[] arguments) {
    try (CaptureRing ring = CaptureRing.open(Path.of(arguments[0]))) {
      System.out.println("snapshot " + ring.startSnapshot());
      System.out.println("missed " + ring.troubles().missed());
      Recording recording = new Recording().drain(ring);
      ring.release(ring.checkpoint());
      System.out.println("first " + recording.events.getFirst().fact().getClass().getSimpleName());
    } catch (CaptureException refused) {
      System.out.println(refused.getMessage());
      System.exit(1);
    }
  }
}
