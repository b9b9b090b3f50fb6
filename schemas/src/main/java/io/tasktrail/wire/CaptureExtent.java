package io.tasktrail.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;

/// How much of a capture file is whole: known from the heads and the markers of its blocks, without
/// unpacking them (Avro specification, "Object Container Files").
///
/// @param events in whole blocks
/// @param bytes where the last whole block ends; 0 when not even the head of the file is whole
public record CaptureExtent(long events, long bytes) {

  private static final int VARINT_BYTES_MAX = 10;

  /// The extent of a file.
  ///
  /// @throws IOException if it can't be read
  public static CaptureExtent of(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long head = headBytes(file);
      return head == 0 ? new CaptureExtent(0, 0) : walk(in, head);
    }
  }

  private static long headBytes(Path file) {
    try (var reader = new DataFileReader<Object>(file.toFile(), new GenericDatumReader<>())) {
      return reader.previousSync();
    } catch (IOException | AvroRuntimeException torn) {
      return 0;
    }
  }

  private static CaptureExtent walk(RandomAccessFile in, long head) throws IOException {
    byte[] marker = markerBefore(in, head);
    CaptureExtent whole = new CaptureExtent(0, head);
    try {
      while (true) {
        in.seek(whole.bytes());
        long events = varint(in);
        long size = varint(in);
        long end = in.getFilePointer() + size + marker.length;
        if (events < 0 || size < 0 || end > in.length()) {
          return whole;
        }
        if (!Arrays.equals(marker, markerBefore(in, end))) {
          return whole;
        }
        whole = new CaptureExtent(whole.events() + events, end);
      }
    } catch (EOFException end) {
      return whole;
    }
  }

  private static byte[] markerBefore(RandomAccessFile in, long end) throws IOException {
    byte[] marker = new byte[DataFileConstants.SYNC_SIZE];
    in.seek(end - marker.length);
    in.readFully(marker);
    return marker;
  }

  private static long varint(RandomAccessFile in) throws IOException {
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      int bits = in.readUnsignedByte();
      value |= ((long) (bits & 0x7f)) << (7 * i);
      if (bits < 0x80) {
        break;
      }
    }
    return (value >>> 1) ^ -(value & 1);
  }
}
