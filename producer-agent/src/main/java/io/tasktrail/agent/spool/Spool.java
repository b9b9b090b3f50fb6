package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureExtent;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The segments on the disk, the oldest first: capture files, which `tasktrail replay` reads as
/// they are. The last one is being written; one that is being read is sealed.
///
/// An [IOException] of [#append], [#sync] or [#seal] leaves what was synced before, and calls for
/// [#abandon].
final class Spool implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private static final String PREFIX = "spool-";
  private static final String SUFFIX = ".avro";
  private static final String UNFINISHED = ".tmp";
  private static final String DAMAGED = ".damaged";
  private static final int DIGITS = 12;

  private final SpoolPlan plan;
  private final CaptureFile.Compression compression = new CaptureFile.Compression();
  private final Deque<Segment> sealed = new ArrayDeque<>();
  private Optional<Active> active = Optional.empty();
  private Optional<Reading> reading = Optional.empty();
  private Optional<FileChannel> lock = Optional.empty();
  private long lastNumber;
  private long unreadable;
  private long found;

  private record Active(Segment segment, CaptureFile.Writer writer) {}

  private record Reading(Segment segment, CaptureFile.Reader reader) {}

  /// An event read back, and the segment that it is of.
  record Spooled(TaskEvent event, Segment segment) {}

  Spool(SpoolPlan plan) {
    this.plan = plan;
  }

  /// Makes the folder its own and finds what an earlier agent left there; once that has worked,
  /// does nothing.
  ///
  /// @throws IOException if that can't be
  void open() throws IOException {
    if (lock.isPresent()) {
      return;
    }
    if (!Files.isDirectory(plan.dir())) {
      Files.createDirectories(
          plan.dir(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel claimed = claim();
    try {
      find();
    } catch (IOException cause) {
      claimed.close();
      sealed.clear();
      throw cause;
    }
    lock = Optional.of(claimed);
    found = events();
  }

  private FileChannel claim() throws IOException {
    FileChannel channel =
        FileChannel.open(
            plan.dir().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException withinThisProcess) {
      // The same answer as another process gets.
    }
    channel.close();
    throw new IOException(plan.dir() + ": another agent spools here; set spool.dir");
  }

  private void find() throws IOException {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(UNFINISHED)) {
        Files.delete(file);
      } else if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
        lastNumber = Math.max(lastNumber, number(name));
        recover(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(plan.dir())) {
      return all.sorted().toList();
    }
  }

  private static long number(String name) throws IOException {
    try {
      return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    } catch (NumberFormatException notOurs) {
      throw new IOException(name + ": not a name that the spool gives; move it away", notOurs);
    }
  }

  private void recover(Path file) throws IOException {
    CaptureExtent whole = CaptureExtent.of(file);
    long torn = Files.size(file) - whole.bytes();
    if (torn > 0) {
      LOG.warn(
          "{}: its last {} bytes are torn and are cut off; {} events are whole",
          file,
          torn,
          whole.events());
      try (RandomAccessFile toCut = new RandomAccessFile(file.toFile(), "rw")) {
        toCut.setLength(whole.bytes());
        toCut.getFD().sync();
      }
    }
    if (whole.events() == 0) {
      Files.delete(file);
    } else {
      sealed.add(new Segment(file, whole.events(), whole.bytes()));
    }
  }

  /// Appends an encoded event; it is safe only after [#sync].
  void append(byte[] event) throws IOException {
    if (active.filter(now -> now.segment().bytes() >= plan.segmentBytes()).isPresent()) {
      seal();
    }
    if (active.isEmpty()) {
      begin();
    }
    Active now = active.get();
    now.writer().appendEncoded(event);
    now.segment().grew(1, now.writer().bytes());
  }

  private void begin() throws IOException {
    open();
    checkFree();
    Path file = plan.dir().resolve(PREFIX + ("%0" + DIGITS + "d").formatted(++lastNumber) + SUFFIX);
    active =
        Optional.of(new Active(new Segment(file, 0, 0), CaptureFile.create(file, compression)));
    syncFolder();
  }

  private void checkFree() throws IOException {
    long free = Files.getFileStore(plan.dir()).getUsableSpace();
    if (free < plan.bytesFree()) {
      throw new IOException(
          plan.dir() + ": the file system has less free than spool.bytes.free=" + plan.bytesFree());
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(plan.dir(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /// Brings everything appended so far to the disk.
  void sync() throws IOException {
    if (active.isPresent()) {
      Active now = active.get();
      checkFree();
      now.writer().sync();
      now.segment().grew(0, now.writer().bytes());
      now.segment().synced();
    }
  }

  /// What was appended so far can be read from now on.
  void seal() throws IOException {
    if (active.isPresent()) {
      Active done = active.get();
      done.writer().sync();
      done.writer().close();
      done.segment().grew(0, Files.size(done.segment().file()));
      sealed.add(done.segment());
      active = Optional.empty();
    }
  }

  /// Writes no more into a segment that failed; what is whole of it stays.
  void abandon() {
    active.ifPresent(this::abandon);
    active = Optional.empty();
  }

  private void abandon(Active failed) {
    Path file = failed.segment().file();
    try {
      failed.writer().close();
    } catch (IOException known) {
      LOG.debug("closing what failed", known);
    }
    try {
      CaptureExtent whole = CaptureExtent.of(file);
      if (whole.events() == 0) {
        Files.delete(file);
      } else {
        sealed.add(new Segment(file, whole.events(), Files.size(file)));
      }
    } catch (IOException unknown) {
      LOG.warn("{}: can't be looked at: {}", file, unknown.toString());
      if (failed.segment().safe() > 0) {
        sealed.add(new Segment(file, failed.segment().safe(), failed.segment().bytes()));
      }
    }
  }

  /// The oldest event that was not read yet, of what is sealed.
  Optional<Spooled> next() {
    while (reading.isPresent() || beginReading()) {
      Reading now = reading.orElseThrow();
      Optional<TaskEvent> event = readOne(now);
      if (event.isPresent()) {
        now.segment().sentOne();
        return event.map(each -> new Spooled(each, now.segment()));
      }
      endReading(now);
    }
    return Optional.empty();
  }

  private boolean beginReading() {
    Optional<Segment> next = sealed.stream().filter(each -> !each.isRead()).findFirst();
    while (next.isPresent()) {
      Segment segment = next.get();
      try {
        reading = Optional.of(new Reading(segment, CaptureFile.open(segment.file())));
        return true;
      } catch (IOException cause) {
        LOG.error("can't be read back: {}", cause.toString());
        finish(segment);
      }
      next = sealed.stream().filter(each -> !each.isRead()).findFirst();
    }
    return false;
  }

  private static Optional<TaskEvent> readOne(Reading now) {
    try {
      return now.reader().next();
    } catch (IOException cause) {
      LOG.error("can't be read back: {}", cause.toString());
      return Optional.empty();
    }
  }

  private void endReading(Reading now) {
    closeReader();
    finish(now.segment());
  }

  private void finish(Segment segment) {
    segment.readToItsEnd();
    removeIfDone(segment);
  }

  private void closeReader() {
    reading.ifPresent(
        now -> {
          try {
            now.reader().close();
          } catch (IOException read) {
            LOG.debug("closing what was read", read);
          }
        });
    reading = Optional.empty();
  }

  /// An event of a segment is safe elsewhere.
  void settled(Segment segment) {
    segment.settledOne();
    removeIfDone(segment);
  }

  private void removeIfDone(Segment segment) {
    if (!segment.isDone() || !sealed.remove(segment)) {
      return;
    }
    try {
      if (segment.missing() > 0) {
        unreadable += segment.missing();
        Path aside = Path.of(segment.file() + DAMAGED);
        Files.move(segment.file(), aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.error("{} events of a damaged segment are not published: {}", segment.missing(), aside);
      } else {
        Files.delete(segment.file());
      }
    } catch (IOException cause) {
      LOG.warn("stays, and will be sent once more by the next agent: {}", cause.toString());
    }
  }

  /// Nobody knows any more what Kafka has of the segments that are left: they are read again.
  void rewind() {
    closeReader();
    sealed.forEach(Segment::rewind);
  }

  /// Whether something is sealed and not read to its end.
  boolean hasUnread() {
    return sealed.stream().anyMatch(each -> !each.isRead());
  }

  /// Whether there is nothing at all.
  boolean isEmpty() {
    return sealed.isEmpty() && active.isEmpty();
  }

  /// Of segments that are not read to their end.
  long unreadBytes() {
    return sealed.stream().filter(each -> !each.isRead()).mapToLong(Segment::bytes).sum();
  }

  /// Of all segments.
  long bytes() {
    return Stream.concat(sealed.stream(), active.map(Active::segment).stream())
        .mapToLong(Segment::bytes)
        .sum();
  }

  /// In all segments, that are not known to be safe elsewhere.
  long events() {
    return Stream.concat(sealed.stream(), active.map(Active::segment).stream())
        .mapToLong(each -> each.events() - each.settled())
        .sum();
  }

  boolean isFull() {
    return bytes() >= plan.bytesMax();
  }

  /// Events that an earlier agent had left.
  long found() {
    return found;
  }

  /// Events that could not be read back.
  long unreadable() {
    return unreadable;
  }

  /// Gives up what [Thinning] says of the oldest segment that was not thinned and not begun to be
  /// read.
  ///
  /// @return what was given up; empty when there is no such segment
  /// @throws IOException if that failed; the segment is as it was
  Optional<List<Fact.EventsLost>> thinOne(Numbering numbering) throws IOException {
    Optional<Segment> next = sealed.stream().filter(this::isToThin).findFirst();
    return next.isPresent() ? Optional.of(thin(next.get(), numbering)) : Optional.empty();
  }

  private boolean isToThin(Segment segment) {
    return segment.isToThin() && reading.filter(now -> now.segment() == segment).isEmpty();
  }

  private List<Fact.EventsLost> thin(Segment segment, Numbering numbering) throws IOException {
    Path beside = Path.of(segment.file() + UNFINISHED);
    long events = segment.events();
    long bytes = segment.bytes();
    segment.thinned(events, bytes);
    try {
      ThinnedFile thinned = ThinnedFile.write(segment.file(), beside, compression, numbering);
      if (thinned.events() > 0) {
        Files.move(beside, segment.file(), StandardCopyOption.ATOMIC_MOVE);
        segment.thinned(thinned.events(), thinned.bytes());
        syncFolder();
      }
      return thinned.shed();
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  @Override
  public void close() {
    closeReader();
    try {
      seal();
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException cause) {
      LOG.warn("the spool was not closed in good order: {}", cause.toString());
    }
  }
}
