package io.tasktrail.sink.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends one line an event to a file, exactly once, whatever ends the process or fills the disk.
///
/// A file that is there without a checkpoint is continued behind its end.
public final class FileDestination implements Destination {

  private static final Logger LOG = LoggerFactory.getLogger(FileDestination.class);

  /// Lines are gathered up to so many bytes before they are written.
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path file;
  private final Format format;
  private final CheckpointFile checkpoints;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);
  private FileChannel channel;
  private Source source;

  /// Nothing is touched before [#resume].
  public FileDestination(Path file, Format format) {
    this.file = file.toAbsolutePath();
    this.format = format;
    this.checkpoints = CheckpointFile.beside(this.file);
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Positions resume(Source from) throws IOException {
    close();
    source = from;
    try {
      channel = FileChannel.open(file, CREATE, WRITE);
      lock();
      return continued(checkpoints.read());
    } catch (FileSystemException refused) {
      throw explained(refused);
    }
  }

  private void lock() throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException byThisProcess) {
      throw inUse(byThisProcess);
    }
    throw inUse(null);
  }

  private IOException inUse(Exception cause) {
    return new IOException(
        file + ": another sink writes it: give each its own sink.file.path", cause);
  }

  /// Cuts off what was never confirmed. The first checkpoint is made before the first line, so that
  /// no line is ever without.
  private Positions continued(Optional<Checkpoint> last) throws IOException {
    long length = last.map(Checkpoint::length).orElse(channel.size());
    if (length > channel.size()) {
      LOG.warn("{} is shorter than its checkpoint says: continued at its end", file);
    } else if (length < channel.size()) {
      LOG.info("{} bytes of {} were not confirmed: cut off", channel.size() - length, file);
      channel.truncate(length);
    }
    channel.position(channel.size());
    Positions positions =
        last.filter(checkpoint -> checkpoint.source().equals(source))
            .map(Checkpoint::positions)
            .orElse(Positions.NONE);
    confirm(positions);
    return positions;
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    buffer.writeBytes(format.format(event));
    buffer.write('\n');
    if (buffer.size() >= BUFFER_BYTES) {
      drain();
    }
  }

  @Override
  public void sync(Positions positions) throws IOException {
    drain();
    confirm(positions);
  }

  private void drain() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer.toByteArray());
    buffer.reset();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void confirm(Positions positions) throws IOException {
    channel.force(true);
    checkpoints.replace(new Checkpoint(channel.position(), source, positions));
  }

  @Override
  public void close() throws IOException {
    buffer.reset();
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private IOException explained(FileSystemException refused) {
    String why =
        switch (refused) {
          case NoSuchFileException _ -> "its directory does not exist";
          case AccessDeniedException _ -> "no permission to write";
          default -> refused.getReason() == null ? refused.toString() : refused.getReason();
        };
    return new IOException(
        file + ": " + why + ": make the directory, with room and writable for this user", refused);
  }
}
