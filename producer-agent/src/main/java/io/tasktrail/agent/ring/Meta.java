package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.CaptureId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
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
/// @param modules what is captured of kernel modules
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
    Modules modules,
    String version,
    String how) {

  /// What is captured of kernel modules.
  public enum Modules {
    /// The kernel has none.
    NONE,
    /// Loads, unloads and requests; not where modules come from, nor loads that failed.
    NAMES,
    /// All of it.
    ORIGINS;

    static Modules of(int number) {
      return values()[Math.clamp(number, 0, values().length - 1)];
    }
  }

  static final long MAGIC = 0x6c696172746b7374L;
  static final int LAYOUT = 3;

  private static final int CPUS_MAX = 1 << 16;
  private static final int UUID_BYTES = 16;

  /// Reads the one element of the map `meta`.
  ///
  /// @param dir where it is pinned
  /// @throws CaptureException if it is of another layout
  static Meta parse(byte[] element, Path dir) {
    ByteBuffer in = ByteBuffer.wrap(element).order(ByteOrder.nativeOrder());
    if (in.getLong(RecordLayout.Meta.MAGIC) != MAGIC
        || in.getInt(RecordLayout.Meta.LAYOUT) != LAYOUT) {
      throw new CaptureException(
          dir
              + ": generation "
              + in.getInt(RecordLayout.Meta.GENERATION)
              + " was armed by tasktrail-arm "
              + text(element, RecordLayout.Meta.VERSION, RecordLayout.Meta.VERSION_SIZE)
              + " with record layout "
              + in.getInt(RecordLayout.Meta.LAYOUT)
              + ", and this agent reads layout "
              + LAYOUT
              + ": start the agent of that version, what is captured waits for it; or as root:"
              + " tasktrail-arm --remove, then tasktrail-arm of this agent's version");
    }
    int cpus = in.getInt(RecordLayout.Meta.CPUS);
    if (cpus < 1 || cpus > CPUS_MAX) {
      throw new CaptureException(dir + ": says that it has " + cpus + " cpus: not a capture");
    }
    return new Meta(
        in.getInt(RecordLayout.Meta.GENERATION),
        new CaptureId(uuid(element)),
        in.getLong(RecordLayout.Meta.ARMED_BOOT_NS),
        in.getLong(RecordLayout.Meta.RING_BYTES),
        cpus,
        in.getInt(RecordLayout.Meta.ARGV_BOUND),
        in.getInt(RecordLayout.Meta.ARMED_PID),
        Modules.of(in.getInt(RecordLayout.Meta.MODULES)),
        text(element, RecordLayout.Meta.VERSION, RecordLayout.Meta.VERSION_SIZE),
        text(element, RecordLayout.Meta.HOW, RecordLayout.Meta.HOW_SIZE));
  }

  /// The generation, which stands at the same place in every layout.
  static int generation(byte[] element) {
    return ByteBuffer.wrap(element)
        .order(ByteOrder.nativeOrder())
        .getInt(RecordLayout.Meta.GENERATION);
  }

  /// The boot time at which the capture is retired, as it is known now; 0 when it is not.
  static long retiredNanos(byte[] element) {
    return ByteBuffer.wrap(element)
        .order(ByteOrder.nativeOrder())
        .getLong(RecordLayout.Meta.RETIRED_BOOT_NS);
  }

  private static UUID uuid(byte[] element) {
    ByteBuffer id = ByteBuffer.wrap(element, RecordLayout.Meta.CAPTURE_ID, UUID_BYTES);
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
