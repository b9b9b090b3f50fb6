package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/// A record of the vocabulary as bare Avro binary, without any id of its schema: the payload of the
/// wire format, and what state stores hold. Not for use by several threads at once.
public final class BinaryCodec<D> {

  private final Body<D, ?> body;

  private BinaryCodec(Body<D, ?> body) {
    this.body = body;
  }

  /// The payload of `tasktrail.task-events`.
  public static BinaryCodec<TaskEvent> taskEvents() {
    return new BinaryCodec<>(new Body<>(new TaskEventMapping()));
  }

  /// The payload of `tasktrail.audit-events`.
  public static BinaryCodec<AuditEvent> auditEvents() {
    return new BinaryCodec<>(new Body<>(new AuditEventMapping()));
  }

  /// The payload of `tasktrail.task-history`.
  public static BinaryCodec<TaskHistory> taskHistories() {
    return new BinaryCodec<>(new Body<>(new TaskHistoryMapping()));
  }

  /// The value in Avro binary.
  public byte[] encode(D value) {
    return body.encode(value);
  }

  /// The value of bytes that [#encode] of the same schema made.
  ///
  /// @throws UncheckedIOException if they are not
  public D decode(byte[] bytes) {
    return body.decode(bytes, 0, bytes.length);
  }

  /// The value of a part of an array.
  ///
  /// @throws UncheckedIOException if it is not what [#encode] made
  public D decode(byte[] bytes, int offset, int length) {
    return body.decode(bytes, offset, length);
  }

  private static final class Body<D, A extends SpecificRecord> {

    private final Mapping<D, A> mapping;
    private final SpecificDatumWriter<A> writer;
    private final SpecificDatumReader<A> reader;

    Body(Mapping<D, A> mapping) {
      this.mapping = mapping;
      this.writer = new SpecificDatumWriter<>(mapping.schema());
      this.reader = new SpecificDatumReader<>(mapping.schema());
    }

    byte[] encode(D value) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writer.write(mapping.toAvro(value), encoder);
        encoder.flush();
        return bytes.toByteArray();
      } catch (IOException toMemory) {
        throw new UncheckedIOException(toMemory);
      }
    }

    D decode(byte[] bytes, int offset, int length) {
      try {
        var decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, null);
        return mapping.fromAvro(reader.read(null, decoder));
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
  }
}
