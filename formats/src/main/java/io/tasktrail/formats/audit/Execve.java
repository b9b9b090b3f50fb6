package io.tasktrail.formats.audit;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.util.HexFormat;
import java.util.List;

/// The arguments of an exec, as the kernel's `audit_log_execve_info` writes them: several records
/// where one is too short, a long argument in pieces, `a1_len=20000 a1[0]=… a1[1]=…`.
final class Execve {

  /// Characters of a record's arguments: `MAX_EXECVE_AUDIT_LEN` of the kernel.
  private static final int RECORD_MAX = 7500;

  /// Bytes of a piece: twice as many characters in hexadecimal.
  private static final int PIECE_MAX = 3000;

  private final Records records;

  Execve(Records records) {
    this.records = records;
  }

  /// @param arguments their true number is said, also where fewer are there
  void write(Arguments arguments) {
    records.record("EXECVE").field("argc", arguments.count());
    List<ByteText> values = arguments.values();
    for (int i = 0; i < values.size(); i++) {
      if (Untrusted.size(values.get(i)) <= 2 * PIECE_MAX) {
        room(Untrusted.size(values.get(i)));
        records.field("a" + i, Untrusted.of(values.get(i)));
      } else {
        pieces(i, values.get(i));
      }
    }
  }

  private void pieces(int index, ByteText value) {
    boolean plain = Untrusted.isPlain(value);
    room(2 * PIECE_MAX);
    records.field("a" + index + "_len", plain ? value.length() : 2L * value.length());
    byte[] bytes = value.toBytes();
    for (int piece = 0; piece * PIECE_MAX < bytes.length; piece++) {
      int from = piece * PIECE_MAX;
      ByteText part = ByteText.of(bytes, from, Math.min(PIECE_MAX, bytes.length - from));
      String name = "a" + index + '[' + piece + ']';
      room(2 * PIECE_MAX);
      records.field(name, plain ? Untrusted.of(part) : hex(part));
    }
  }

  /// All pieces of an argument are encoded alike.
  private static String hex(ByteText part) {
    return HexFormat.of().withUpperCase().formatHex(part.toBytes());
  }

  private void room(int size) {
    if (records.length() + size > RECORD_MAX) {
      records.record("EXECVE");
    }
  }
}
