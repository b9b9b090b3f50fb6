package io.tasktrail.wire;

import io.tasktrail.event.TaskEvent;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/// Captured events in an Avro object container file: it carries its schema, so that a file of any
/// version is readable by itself.
public final class CaptureFile {

  private static final TaskEventMapping MAPPING = new TaskEventMapping();

  private CaptureFile() {}

  /// Reads a file to its end, or to where it is torn.
  ///
  /// @return whether the file was whole; a torn tail (its writer was killed) ends the reading
  /// @throws IOException if it can't be read, or is not a capture file: says which file and why
  public static boolean read(Path file, Consumer<TaskEvent> events) throws IOException {
    var datum = new SpecificDatumReader<io.tasktrail.avro.TaskEvent>(MAPPING.schema());
    try (var reader = open(file, datum)) {
      Optional<io.tasktrail.avro.TaskEvent> record = next(reader);
      while (record.isPresent()) {
        events.accept(MAPPING.fromAvro(record.get()));
        record = next(reader);
      }
      return reader.previousSync() == Files.size(file);
    }
  }

  /// The next record; none at the end and at a tear, which Avro reports as the end, as an exception
  /// of its own, or (in the header of a block) by stumbling over a decoder that it has not got.
  private static Optional<io.tasktrail.avro.TaskEvent> next(
      DataFileReader<io.tasktrail.avro.TaskEvent> reader) {
    try {
      return reader.hasNext() ? Optional.of(reader.next()) : Optional.empty();
    } catch (AvroRuntimeException | NullPointerException torn) {
      return Optional.empty();
    }
  }

  private static DataFileReader<io.tasktrail.avro.TaskEvent> open(
      Path file, SpecificDatumReader<io.tasktrail.avro.TaskEvent> datum) throws IOException {
    try {
      return new DataFileReader<>(file.toFile(), datum);
    } catch (IOException | AvroRuntimeException cause) {
      throw new IOException(file + ": not a readable capture file: " + cause.getMessage(), cause);
    }
  }

  /// Begins a new file in place of any old one.
  ///
  /// @throws IOException if it can't be created
  public static Writer create(Path file) throws IOException {
    return new Writer(file);
  }

  /// Appends events to one file. Not for use by several threads at once.
  public static final class Writer implements Closeable {

    private final FileOutputStream out;
    private final DataFileWriter<io.tasktrail.avro.TaskEvent> writer;

    private Writer(Path file) throws IOException {
      out = new FileOutputStream(file.toFile());
      writer =
          new DataFileWriter<>(
                  new SpecificDatumWriter<io.tasktrail.avro.TaskEvent>(MAPPING.schema()))
              .setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL))
              .create(MAPPING.schema(), out);
    }

    /// Appends one event; it is safe only after [#sync].
    ///
    /// @throws IOException if it can't be written
    public void append(TaskEvent event) throws IOException {
      writer.append(MAPPING.toAvro(event));
    }

    /// Brings everything appended so far to the disk.
    ///
    /// @throws IOException if that fails
    public void sync() throws IOException {
      writer.flush();
      out.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }
}
