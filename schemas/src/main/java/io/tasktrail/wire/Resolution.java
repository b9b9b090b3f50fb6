package io.tasktrail.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Records of one schema as records of another, by the rules of Avro ("Schema Resolution").
final class Resolution {

  private final Schema reader;
  private final GenericDatumReader<Object> records;
  private long itemsMax;

  Resolution(Schema writer, Schema reader) {
    this.reader = reader;
    this.records = new GenericDatumReader<>(writer, reader, new BoundedData());
  }

  /// The same record in the reader's schema.
  ///
  /// @throws UncheckedIOException if it is malformed
  byte[] resolved(Foreign record) {
    return bytes(reader, read(record));
  }

  /// The same record in the reader's schema.
  ///
  /// @throws UncheckedIOException if it is malformed
  Object read(Foreign record) {
    itemsMax = record.length();
    BinaryDecoder decoder = record.decoder();
    try {
      Object value = records.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("more follows the end of the record");
      }
      return value;
    } catch (IOException
        | AvroRuntimeException
        | IndexOutOfBoundsException
        | UnsupportedOperationException malformed) {
      throw new UncheckedIOException(
          new IOException("malformed: " + malformed.getMessage(), malformed));
    }
  }

  /// A value in Avro binary.
  static byte[] bytes(Schema schema, Object value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(value, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException toMemory) {
      throw new UncheckedIOException(toMemory);
    }
  }

  /// Avro makes room for as many items as an array claims to have.
  private final class BoundedData extends GenericData {

    @Override
    public Object newArray(Object old, int size, Schema schema) {
      return super.newArray(old, bounded(size), schema);
    }

    @Override
    public Object newMap(Object old, int size) {
      return super.newMap(old, bounded(size));
    }

    private int bounded(int size) {
      if (size > itemsMax) {
        throw new AvroRuntimeException("an array is longer than the record");
      }
      return size;
    }
  }
}
