package io.tasktrail.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// The data directory of one broker: formatted once, and held while the broker runs.
///
/// Kafka's own lock is taken after the controller has begun to write, too late to keep a second
/// broker off the metadata of the first; so there is one of ours.
final class BrokerData implements AutoCloseable {

  private static final String LOCK = "loopback.lock";

  private final FileChannel lock;

  private BrokerData(FileChannel lock) {
    this.lock = lock;
  }

  /// Makes the directory if absent, takes it, and formats it if it never was.
  static BrokerData open(Path directory) throws IOException {
    Files.createDirectories(directory);
    BrokerData data = new BrokerData(locked(directory));
    try {
      formatOnce(directory);
      return data;
    } catch (IOException | RuntimeException e) {
      data.close();
      throw e;
    }
  }

  private static FileChannel locked(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IOException("another broker uses it; give each a directory of its own");
    }
    return channel;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisJvm) {
      return false;
    }
  }

  /// Kafka writes `meta.properties` last.
  private static void formatOnce(Path directory) throws IOException {
    if (!Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      format(directory);
    }
  }

  private static void format(Path directory) throws IOException {
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setNodeId(SmallBroker.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setControllerListenerName(SmallBroker.CONTROLLER)
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .setHasDynamicQuorum(false)
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Formatter.run declares Exception
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
