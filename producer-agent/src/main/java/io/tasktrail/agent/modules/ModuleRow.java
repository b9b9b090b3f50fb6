package io.tasktrail.agent.modules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.ByteText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A line of /proc/modules: `dummy 16384 0 - Live 0x0000000000000000 (OE)`.
///
/// @param taints the kernel's taint bits that the module sets
record ModuleRow(ByteText name, long taints) {

  /// More than a kernel has modules.
  static final int ROWS_MAX = 8192;

  /// MODULE_NAME_LEN is 56 to 64.
  private static final int NAME_MAX = 64;

  private static final int FIELDS_MIN = 6;

  /// Letters of include/linux/panic.h at the places of their bits; a space is no module's.
  private static final String TAINTS = "PF        C OE KXTN";

  /// The lines that are such; others are passed over.
  static List<ModuleRow> parse(byte[] text) {
    return new String(text, ISO_8859_1)
        .lines()
        .flatMap(line -> of(line.split(" ")).stream())
        .limit(ROWS_MAX)
        .toList();
  }

  private static Optional<ModuleRow> of(String[] fields) {
    if (fields.length < FIELDS_MIN
        || fields[0].isEmpty()
        || fields[0].length() > NAME_MAX
        || fields[1].isEmpty()
        || !fields[1].chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
      return Optional.empty();
    }
    long taints =
        Stream.of(fields)
            .skip(FIELDS_MIN)
            .filter(field -> field.startsWith("(") && field.endsWith(")"))
            .mapToLong(ModuleRow::taints)
            .sum();
    return Optional.of(new ModuleRow(ByteText.of(fields[0].getBytes(ISO_8859_1)), taints));
  }

  private static long taints(String letters) {
    return letters
        .chars()
        .map(TAINTS::indexOf)
        .filter(bit -> bit >= 0 && TAINTS.charAt(bit) != ' ')
        .mapToLong(bit -> 1L << bit)
        .reduce(0, (all, bit) -> all | bit);
  }
}
