package io.tasktrail.agent.proc;

/// Names of terminals by their device, as drivers of the kernel give them
/// (Documentation/admin-guide/devices.txt).
final class Terminal {

  private static final int CONSOLES = 4;
  private static final int CONSOLES_MAX = 64;
  private static final int PTS_FIRST = 136;
  private static final int PTS_LAST = 143;
  private static final int PTS_OF_ONE = 256;

  private Terminal() {}

  /// @param device as `tty_nr` of /proc/PID/stat: bits 31 to 20 and 7 to 0 are the minor
  static String name(int device) {
    int major = (device >>> 8) & 0xFFF;
    int minor = (device & 0xFF) | ((device >>> 12) & 0xFFF00);
    if (major >= PTS_FIRST && major <= PTS_LAST) {
      return "pts" + ((major - PTS_FIRST) * PTS_OF_ONE + minor);
    }
    if (major == CONSOLES) {
      return minor < CONSOLES_MAX ? "tty" + minor : "ttyS" + (minor - CONSOLES_MAX);
    }
    return "";
  }
}
