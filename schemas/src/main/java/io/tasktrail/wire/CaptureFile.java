package io.tasktrail.wire;

import io.tasktrail.event.TaskEvent;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.DeflateCodec;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;

/// Captured events in an Avro object container file: it carries its schema, so that a file of any
/// version is readable by itself.
public final class CaptureFile {

  private CaptureFile() {}

  /// Reads a file to its end, or to where it is torn.
  ///
  /// @return whether the file was whole; a torn tail (its writer was killed) ends the reading
  /// @throws IOException if it can't be read, or is not a capture file: says which file and why
  public static boolean read(Path file, Consumer<TaskEvent> events) throws IOException {
    try (Reader reader = open(file)) {
      for (Optional<TaskEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
        events.accept(event.get());
      }
      return reader.isWhole();
    }
  }

  /// Opens a file to read it event by event.
  ///
  /// @throws IOException if it can't be read, or is not a capture file: says which file and why
  public static Reader open(Path file) throws IOException {
    try {
      return new Reader(file, new DataFileReader<>(file.toFile(), new GenericDatumReader<>()));
    } catch (EOFException torn) {
      throw unreadable(file, "it ends within its head", torn);
    } catch (IOException | AvroRuntimeException cause) {
      throw unreadable(file, cause.getMessage(), cause);
    }
  }

  private static IOException unreadable(Path file, String why, Exception cause) {
    return new IOException(file + ": not a readable capture file: " + why, cause);
  }

  /// Reads one file. Not for use by several threads at once.
  public static final class Reader implements Closeable {

    private final Path file;
    private final DataFileReader<Object> reader;
    private final PayloadReader<TaskEvent> payloads;

    private Reader(Path file, DataFileReader<Object> reader) {
      this.file = file;
      this.reader = reader;
      payloads = PayloadReader.of(new TaskEventForm(), reader.getSchema());
    }

    /// The next event; none at the end, and where the file is torn.
    ///
    /// @throws IOException if an event is not what the schema says: says which file and why
    public Optional<TaskEvent> next() throws IOException {
      Optional<byte[]> payload = payload();
      return payload.isPresent() ? Optional.of(event(payload.get())) : Optional.empty();
    }

    private TaskEvent event(byte[] payload) throws IOException {
      try {
        return payloads.read(payload, 0, payload.length);
      } catch (UncheckedIOException malformed) {
        throw unreadable(file, malformed.getCause().getMessage(), malformed.getCause());
      }
    }

    /// The next record as it was written; none at the end and at a tear, which Avro reports as the
    /// end, as an exception of its own, or (in the header of a block) by stumbling over a decoder
    /// that it has not got.
    private Optional<byte[]> payload() {
      try {
        return reader.hasNext()
            ? Optional.of(Resolution.bytes(reader.getSchema(), reader.next()))
            : Optional.empty();
      } catch (AvroRuntimeException | NullPointerException torn) {
        return Optional.empty();
      }
    }

    /// Once there is no next event: whether this is the end of the file.
    ///
    /// @throws IOException if the file is gone
    public boolean isWhole() throws IOException {
      return reader.previousSync() == Files.size(file);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /// Begins a new file in place of any old one.
  ///
  /// @throws IOException if it can't be created
  public static Writer create(Path file) throws IOException {
    return create(file, new Compression());
  }

  /// Begins one of several files of one thread, in place of any old one.
  ///
  /// @throws IOException if it can't be created
  public static Writer create(Path file, Compression compression) throws IOException {
    return new Writer(file, compression);
  }

  /// Compresses the blocks of files. It holds memory outside the heap until it is collected: who
  /// writes many files uses one for all of them, in one thread.
  public static final class Compression {

    private final Codec codec = new DeflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);

    private CodecFactory factory() {
      return new CodecFactory() {
        @Override
        protected Codec createInstance() {
          return codec;
        }
      };
    }
  }

  /// Appends events to one file. Not for use by several threads at once.
  public static final class Writer implements Closeable {

    private final BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
    private final FileOutputStream out;
    private final DataFileWriter<Object> writer;

    private Writer(Path file, Compression compression) throws IOException {
      out = new FileOutputStream(file.toFile());
      writer =
          new DataFileWriter<>(new GenericDatumWriter<>(Contract.TASK_EVENT))
              .setCodec(compression.factory())
              .create(Contract.TASK_EVENT, out);
    }

    /// Appends one event; it is safe only after [#sync].
    ///
    /// @throws IOException if it can't be written
    public void append(TaskEvent event) throws IOException {
      appendEncoded(codec.encode(event));
    }

    /// Appends one event that [BinaryCodec#taskEvents] encoded; it is safe only after [#sync].
    ///
    /// @throws IOException if it can't be written
    public void appendEncoded(byte[] event) throws IOException {
      writer.appendEncoded(ByteBuffer.wrap(event));
    }

    /// How long the file is; what [#sync] did not bring there yet may be missing.
    ///
    /// @throws IOException if it can't be asked
    public long bytes() throws IOException {
      return out.getChannel().position();
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
