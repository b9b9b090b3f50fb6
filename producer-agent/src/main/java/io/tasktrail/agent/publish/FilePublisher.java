package io.tasktrail.agent.publish;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.role.Failure;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Writes a capture file; an event is acknowledged once the disk has it.
final class FilePublisher implements Publisher {

  /// At most so long is an event kept from the disk.
  static final Duration SYNC = Duration.ofMillis(200);

  private static final long NONE = -1;

  private final Path file;
  private final CaptureFile.Writer writer;
  private final Acknowledgements acknowledgements;
  private final LongSupplier nanoTime;
  private long firstUnsynced = NONE;
  private long lastUnsynced;
  private long lastSync;

  FilePublisher(Path file, Acknowledgements acknowledgements, LongSupplier nanoTime) {
    this.file = file;
    this.acknowledgements = acknowledgements;
    this.nanoTime = nanoTime;
    this.lastSync = nanoTime.getAsLong();
    try {
      writer = CaptureFile.create(file);
    } catch (IOException cause) {
      throw new Failure("can't be created (" + cause.getMessage() + ")", name(), "see --output");
    }
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void publish(TaskEvent event, long token) {
    try {
      writer.append(event);
    } catch (IOException cause) {
      throw failure(cause);
    }
    if (firstUnsynced == NONE) {
      firstUnsynced = token;
    }
    lastUnsynced = token;
  }

  @Override
  public int doWork() {
    boolean due = nanoTime.getAsLong() - lastSync >= SYNC.toNanos();
    return due && firstUnsynced != NONE ? sync() : 0;
  }

  private int sync() {
    try {
      writer.sync();
    } catch (IOException cause) {
      throw failure(cause);
    }
    for (long token = firstUnsynced; token <= lastUnsynced; token++) {
      acknowledgements.acknowledged(token);
    }
    int synced = (int) (lastUnsynced - firstUnsynced + 1);
    firstUnsynced = NONE;
    lastSync = nanoTime.getAsLong();
    return synced;
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException cause) {
      throw failure(cause);
    }
  }

  private Failure failure(IOException cause) {
    return new Failure(
        "can't be written (" + cause.getMessage() + ")",
        name(),
        "is the disk full? what is not in the file is still in the ring",
        cause);
  }

  private String name() {
    return file.toString();
  }
}
