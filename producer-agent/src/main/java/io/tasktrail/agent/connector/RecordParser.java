package io.tasktrail.agent.connector;

import io.tasktrail.agent.connector.ListenRecord.Kind;
import io.tasktrail.agent.connector.ListenRecord.Piece;
import io.tasktrail.event.ByteText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Bytes of a pipe as records, however they are split. What is no record is passed over up to the
/// next thing that may be one, and counted: each such place once.
final class RecordParser {

  /// `LISTEN_RECORD_MAX`.
  static final int RECORD_MAX = 128 << 10;

  static final int MAGIC = 0x4c52_5454;
  static final int LAYOUT = 1;
  static final int HEAD_BYTES = 56;
  static final int PIECE_HEAD_BYTES = 8;

  private static final int ALIGNMENT = 8;
  private static final int MAGIC_BYTES = Integer.BYTES;

  private final Consumer<ListenRecord> records;

  /// What has not become a record yet: less than one, once [#take] is through.
  private ByteBuffer rest = ByteBuffer.allocate(2 * RECORD_MAX).order(ByteOrder.nativeOrder());

  private boolean isLost;
  private long parsed;
  private long malformed;
  private int otherLayout;

  RecordParser(Consumer<ListenRecord> records) {
    this.records = records;
  }

  /// Records so far.
  long parsed() {
    return parsed;
  }

  /// Places so far where there was something else.
  long malformed() {
    return malformed;
  }

  /// A layout that this version does not know, if there was one; 0: none.
  int otherLayout() {
    return otherLayout;
  }

  void take(byte[] bytes, int count) {
    for (int at = 0; at < count; ) {
      int taken = Math.min(count - at, rest.remaining());
      rest.put(bytes, at, taken);
      at += taken;
      rest.flip();
      while (next()) {}
      rest.compact();
    }
  }

  /// Nothing more comes: what has begun is cut off.
  void end() {
    if (rest.position() > 0) {
      lost();
    }
    isLost = false;
    rest.clear();
  }

  /// Whether it came any further.
  private boolean next() {
    if (rest.remaining() < HEAD_BYTES) {
      return false;
    }
    int at = rest.position();
    int length = rest.getInt(at + MAGIC_BYTES);
    if (rest.getInt(at) != MAGIC
        || length < HEAD_BYTES
        || length > RECORD_MAX
        || length % ALIGNMENT != 0) {
      lost();
      rest.position(at + 1);
      return skip();
    }
    if (rest.remaining() < length) {
      return false;
    }
    ByteBuffer record = rest.slice(at, length).order(ByteOrder.nativeOrder());
    rest.position(at + length);
    parsed(record);
    return true;
  }

  private boolean skip() {
    while (rest.remaining() >= MAGIC_BYTES && rest.getInt(rest.position()) != MAGIC) {
      rest.position(rest.position() + 1);
    }
    return rest.remaining() >= MAGIC_BYTES;
  }

  private void lost() {
    if (!isLost) {
      malformed++;
    }
    isLost = true;
  }

  private void parsed(ByteBuffer record) {
    isLost = false;
    int layout = Short.toUnsignedInt(record.getShort(10));
    Optional<Kind> kind = Kind.of(Short.toUnsignedInt(record.getShort(8)));
    Optional<Map<Piece, ByteText>> pieces = pieces(record);
    if (layout != LAYOUT || kind.isEmpty() || pieces.isEmpty()) {
      otherLayout = layout == LAYOUT ? otherLayout : layout;
      malformed++;
      return;
    }
    parsed++;
    records.accept(
        new ListenRecord(
            kind.get(),
            record.getInt(12),
            record.getInt(16),
            record.getInt(20),
            record.getInt(24),
            record.getInt(28),
            record.getInt(32),
            record.getInt(36),
            record.getLong(40),
            record.getLong(48),
            pieces.get()));
  }

  /// A piece of a tag that this version does not know is passed over; empty: one is longer than its
  /// record.
  private static Optional<Map<Piece, ByteText>> pieces(ByteBuffer record) {
    Map<Piece, ByteText> pieces = new EnumMap<>(Piece.class);
    int at = HEAD_BYTES;
    while (record.limit() - at >= PIECE_HEAD_BYTES) {
      int length = record.getInt(at + 4);
      int from = at + PIECE_HEAD_BYTES;
      if (length < 0 || length > record.limit() - from) {
        return Optional.empty();
      }
      ByteText bytes = ByteText.of(record.slice(from, length));
      Piece.of(Short.toUnsignedInt(record.getShort(at))).ifPresent(tag -> pieces.put(tag, bytes));
      at = from + length;
    }
    return Optional.of(pieces);
  }
}
