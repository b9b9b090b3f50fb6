package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.CaptureId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/// What the loader wrote about the capture: `struct tasktrail_meta`.
///
/// @param generation counts replacements of the programs within one boot
/// @param armedNanos boot time: every task that starts later has its fork in the ring, or in a
///     counted loss
/// @param ringBytes size of the ring
/// @param cpus how many cpus have counters, without the pseudo-cpus
/// @param argvBound bytes of argv in one record at most
/// @param armedPid of the loader
/// @param modules whether module loads are captured
/// @param version of the loader
/// @param how what armed it: unit, initramfs, demo, hand
public record Meta(
    int generation,
    CaptureId capture,
    long armedNanos,
    long ringBytes,
    int cpus,
    int argvBound,
    int armedPid,
    boolean modules,
    String version,
    String how) {

  static final int SIZE = 160;
  static final long MAGIC = 0x6c696172746b7374L;
  static final int LAYOUT = 1;

  private static final int CPUS_MAX = 1 << 16;

  /// Reads the one element of the map `meta`.
  ///
  /// @throws CaptureException if it is of another layout
  static Meta parse(byte[] element) {
    ByteBuffer in = ByteBuffer.wrap(element).order(ByteOrder.nativeOrder());
    if (in.getLong(0) != MAGIC || in.getInt(8) != LAYOUT) {
      throw new CaptureException(
          "the capture has record layout "
              + in.getInt(8)
              + " and this agent reads "
              + LAYOUT
              + ": agent and tasktrail-arm are of different versions; as root:"
              + " tasktrail-arm --remove, then tasktrail-arm of the agent's version");
    }
    int cpus = in.getInt(48);
    if (cpus < 1 || cpus > CPUS_MAX) {
      throw new CaptureException("the capture says that it has " + cpus + " cpus: not a capture");
    }
    return new Meta(
        in.getInt(12),
        new CaptureId(uuid(element)),
        in.getLong(32),
        in.getLong(40),
        cpus,
        in.getInt(52),
        in.getInt(56),
        in.getInt(60) != 0,
        text(element, 64, 32),
        text(element, 96, 64));
  }

  private static UUID uuid(byte[] element) {
    ByteBuffer id = ByteBuffer.wrap(element, 16, 16);
    return new UUID(id.getLong(), id.getLong());
  }

  private static String text(byte[] element, int offset, int size) {
    int end = offset;
    while (end < offset + size && element[end] != 0) {
      end++;
    }
    return new String(element, offset, end - offset, UTF_8);
  }
}
