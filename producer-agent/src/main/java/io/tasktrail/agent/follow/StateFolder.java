package io.tasktrail.agent.follow;

import io.tasktrail.event.ByteText;
import io.tasktrail.role.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder in which an agent keeps how far it came. Each file is replaced as a whole, synced,
/// and carries a checksum. One agent a folder.
public final class StateFolder implements AutoCloseable {

  /// Bound of a file: what is remembered of 65,536 pids has far less.
  static final int BYTES_MAX = 256 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
  private static final String SAVED = "state";
  private static final String JOURNAL = "journal";
  private static final int MAGIC = 0x7474_6601;
  private static final int FIX_BYTES = Integer.BYTES + Long.BYTES;

  private final Path folder;
  private final FileChannel lock;

  private StateFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /// Takes a folder, and makes it where it is not there.
  ///
  /// @param setting that names it, for people
  /// @throws Failure if it can't be had: says why
  public static StateFolder open(Path folder, String setting) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw new Failure(
            "another agent has it", folder.toString(), "set " + setting + " to another folder");
      }
      return new StateFolder(folder, lock);
    } catch (IOException cannot) {
      throw new Failure(
          "can't be had",
          folder.toString(),
          "set " + setting + " to a folder that the agent may write to",
          cannot);
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException sameJvm) {
      return false;
    }
  }

  /// What was saved last; nothing where nothing was, or where it is damaged, which is said.
  public Saved saved() throws IOException {
    Optional<byte[]> bytes = read(SAVED);
    return bytes.isPresent() ? saved(bytes.get()) : Saved.NOTHING;
  }

  private static Saved saved(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    Optional<Position> position =
        in.readBoolean()
            ? Optional.of(new Position(in.readInt(), in.readUTF(), in.readLong(), in.readLong()))
            : Optional.empty();
    return new Saved(position, in.readLong(), ByteText.of(in.readAllBytes()));
  }

  /// Saves, in place of what was.
  ///
  /// @throws IOException if the disk does not take it; what was saved before is there still
  public void save(Saved saved) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeBoolean(saved.position().isPresent());
    if (saved.position().isPresent()) {
      Position position = saved.position().get();
      out.writeInt(position.headBytes());
      out.writeUTF(position.headDigest());
      out.writeLong(position.offset());
      out.writeLong(position.modifiedMillis());
    }
    out.writeLong(saved.taken());
    out.write(saved.known().toBytes());
    replace(SAVED, bytes.toByteArray());
  }

  /// The journal; empty where there is none.
  public Journal journal() throws IOException {
    Optional<byte[]> bytes = read(JOURNAL);
    if (bytes.isEmpty()) {
      return Journal.EMPTY;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.get()));
    List<Long> silences = new ArrayList<>();
    for (int left = Math.min(in.readInt(), Journal.SILENCES_MAX); left > 0; left--) {
      silences.add(in.readLong());
    }
    return new Journal(silences, ByteText.of(in.readAllBytes()));
  }

  /// Writes the journal, in place of the old one.
  ///
  /// @throws IOException if the disk does not take it
  public void write(Journal journal) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(journal.silences().size());
    for (long silence : journal.silences()) {
      out.writeLong(silence);
    }
    out.write(journal.numbers().toBytes());
    replace(JOURNAL, bytes.toByteArray());
  }

  private Optional<byte[]> read(String name) throws IOException {
    Path file = folder.resolve(name);
    try {
      if (Files.size(file) > BYTES_MAX) {
        return damaged(file);
      }
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
      if (all.remaining() < FIX_BYTES || all.getInt() != MAGIC) {
        return damaged(file);
      }
      long sum = all.getLong();
      byte[] content = new byte[all.remaining()];
      all.get(content);
      return sum == sum(content) ? Optional.of(content) : damaged(file);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> damaged(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    LOG.warn("{} is damaged and was put aside: what was read before may be published again", aside);
    return Optional.empty();
  }

  private void replace(String name, byte[] content) throws IOException {
    Path next = folder.resolve(name + ".next");
    try (FileChannel file =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer head = ByteBuffer.allocate(FIX_BYTES).putInt(MAGIC).putLong(sum(content)).flip();
      write(file, head);
      write(file, ByteBuffer.wrap(content));
      file.force(true);
    }
    Files.move(
        next,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int _ = file.write(bytes);
    }
  }

  private static long sum(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content);
    return sum.getValue();
  }

  /// Its path.
  @Override
  public String toString() {
    return folder.toString();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
