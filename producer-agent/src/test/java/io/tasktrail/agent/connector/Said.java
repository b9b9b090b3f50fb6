package io.tasktrail.agent.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.agent.connector.ListenRecord.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// One record as `tasktrail-listen` writes it, piece by piece.
final class Said {

  private final ByteBuffer head =
      ByteBuffer.allocate(RecordParser.HEAD_BYTES).order(ByteOrder.nativeOrder());
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();

  private Said(Kind kind) {
    head.putInt(0, RecordParser.MAGIC)
        .putShort(8, (short) kind.code())
        .putShort(10, (short) RecordParser.LAYOUT);
  }

  static Said hello() {
    return new Said(Kind.HELLO).with(100, 8 << 20, 2).at(1_000_000_000).piece(12, "0.1.0");
  }

  /// Numbered by a cpu.
  static Said of(Kind kind, int cpu, int number, long nanos, int pid) {
    Said said = new Said(kind).at(nanos).of(pid, pid);
    said.head.putInt(12, cpu).putInt(16, number);
    return said;
  }

  /// Of a snapshot.
  static Said of(Kind kind, long nanos, int pid) {
    return new Said(kind).at(nanos).of(pid, pid);
  }

  Said of(int pid, int tid) {
    head.putInt(20, pid).putInt(24, tid);
    return this;
  }

  Said with(int a, int b, int c) {
    head.putInt(28, a).putInt(32, b).putInt(36, c);
    return this;
  }

  Said at(long nanos) {
    head.putLong(40, nanos).putLong(48, nanos);
    return this;
  }

  /// With another layout.
  Said layout(int other) {
    head.putShort(10, (short) other);
    return this;
  }

  Said piece(int tag, byte[] bytes) {
    ByteBuffer piece =
        ByteBuffer.allocate(RecordParser.PIECE_HEAD_BYTES + bytes.length)
            .order(ByteOrder.nativeOrder())
            .putShort((short) tag)
            .putShort((short) 0)
            .putInt(bytes.length)
            .put(bytes);
    pieces.writeBytes(piece.array());
    return this;
  }

  Said piece(int tag, String text) {
    return piece(tag, text.getBytes(ISO_8859_1));
  }

  /// `/proc/PID/stat` of a process with one thread.
  Said stat(String comm, char state, int parent, long flags, int threads, long ticks) {
    return piece(
        1,
        "%d (%s) %c %d 1 1 34817 -1 %d 0 0 0 0 3 4 0 0 20 0 %d 0 %d 0 0"
            .formatted(head.getInt(20), comm, state, parent, flags, threads, ticks));
  }

  Said stat(String comm, int parent, long ticks) {
    return stat(comm, 'S', parent, 0, 1, ticks);
  }

  Said executable(String path) {
    return piece(3, path);
  }

  Said arguments(String... values) {
    String joined = String.join("\0", values) + "\0";
    ByteBuffer all = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    all.putLong(values.length).putLong(joined.length());
    return piece(5, joined).piece(6, all.array());
  }

  byte[] bytes() {
    int length = RecordParser.HEAD_BYTES + pieces.size();
    byte[] all = new byte[(length + 7) & ~7];
    head.putInt(4, all.length);
    System.arraycopy(head.array(), 0, all, 0, RecordParser.HEAD_BYTES);
    System.arraycopy(pieces.toByteArray(), 0, all, RecordParser.HEAD_BYTES, pieces.size());
    return all;
  }

  static byte[] all(List<Said> records) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    records.forEach(record -> all.writeBytes(record.bytes()));
    return all.toByteArray();
  }
}
