package io.tasktrail.wire;

import org.apache.avro.Schema;

/// Reads what was written with one schema. Not for use by several threads at once.
sealed interface PayloadReader<D> {

  /// The record of a part of an array.
  ///
  /// @throws java.io.UncheckedIOException if it is malformed
  D read(byte[] bytes, int offset, int length);

  /// For payloads of a writer of this schema, a record of the same name as ours.
  static <D> PayloadReader<D> of(ReadingForm<D> form, Schema writer) {
    return Contract.fingerprint(writer) == Contract.fingerprint(form.schema())
        ? new Direct<>(form)
        : new Resolving<>(form, writer);
  }

  /// The schema is ours.
  final class Direct<D> implements PayloadReader<D> {

    private final ReadingForm<D> form;
    private final AvroInput in = new AvroInput();

    Direct(ReadingForm<D> form) {
      this.form = form;
    }

    @Override
    public D read(byte[] bytes, int offset, int length) {
      in.open(bytes, offset, length);
      return read();
    }

    /// The same of the contract as it was without command lines of tasks.
    D readWithoutCommandLines(byte[] bytes, int offset, int length) {
      in.openWithoutCommandLines(bytes, offset, length);
      return read();
    }

    private D read() {
      D value = form.read(in);
      in.close();
      return value;
    }
  }

  /// The schema is an older or a newer one: the record is first turned into one of ours.
  final class Resolving<D> implements PayloadReader<D> {

    private final ReadingForm<D> form;
    private final Schema writer;
    private final Resolution resolution;
    private final AvroInput in = new AvroInput();

    Resolving(ReadingForm<D> form, Schema writer) {
      this.form = form;
      this.writer = writer;
      this.resolution = new Resolution(writer, form.schema());
    }

    @Override
    public D read(byte[] bytes, int offset, int length) {
      Foreign written = new Foreign(writer, bytes, offset, length);
      in.open(resolution.resolved(written), written);
      D value = form.read(in);
      in.close();
      return value;
    }
  }
}
