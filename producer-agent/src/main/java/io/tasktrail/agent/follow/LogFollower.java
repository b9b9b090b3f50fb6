package io.tasktrail.agent.follow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a log that is written meanwhile, from one file to the next where it is rotated: by
/// renaming (`audit.log` becomes `audit.log.1`) or by copying and cutting (copytruncate). It never
/// waits, and keeps nothing of what it read but how the file begins.
///
/// A file is left for the next one only once the next one holds something: whoever writes has gone
/// on by then. What is not there any more is counted as a gap, and how much it was shows in the
/// serials. Not for use by several threads at once.
public final class LogFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

  private final Siblings files;
  private Optional<Position> from;
  private Optional<LogFile> file = Optional.empty();
  private Optional<Position> before;
  private Head head = Head.UNKNOWN;
  private long offset;
  private long modifiedMillis;
  private long gaps;
  private long rotations;

  /// @param path the file that is written
  /// @param from where to go on; empty: where the file begins
  public LogFollower(Path path, Optional<Position> from) {
    this.files = new Siblings(path);
    this.from = from;
    this.before = from;
  }

  /// Takes what is there, as much as there is room for.
  ///
  /// @throws IOException if a file can't be read
  public Step read(ByteBuffer into) throws IOException {
    if (file.isEmpty() && !begin()) {
      return Step.NOTHING;
    }
    LogFile now = file.orElseThrow();
    int start = into.position();
    int got = now.channel().read(into, offset);
    Head found = Head.of(now.channel());
    if (!head.begins(found)) {
      into.position(start);
      return cut();
    }
    head = found;
    if (got > 0) {
      offset += got;
      return Step.BYTES;
    }
    offset = Math.min(offset, now.channel().size());
    return atEnd(now, into);
  }

  /// How far it came; empty when nothing was ever read.
  public Optional<Position> position() {
    return head.length() == 0
        ? before
        : Optional.of(new Position(head.length(), head.digest(), offset, modifiedMillis));
  }

  /// How often what was to be read next was not there any more.
  public long gaps() {
    return gaps;
  }

  /// How often it went on with another file.
  public long rotations() {
    return rotations;
  }

  /// Bytes of the file that is being read that were not read yet.
  ///
  /// @throws IOException if it can't be asked
  public long unread() throws IOException {
    return file.isEmpty() ? 0 : Math.max(0, file.get().channel().size() - offset);
  }

  private boolean begin() throws IOException {
    return from.isEmpty() ? enter(files.at(0)) : resume(from.get());
  }

  private boolean resume(Position position) throws IOException {
    if (find(position)) {
      from = Optional.empty();
      return true;
    }
    boolean isNext = enter(files.at(files.oldestSince(position.modifiedMillis())));
    if (isNext) {
      gap("the file that was read last is not there any more");
      from = Optional.empty();
    }
    return isNext;
  }

  private void gap(String why) {
    gaps++;
    LOG.warn("{}: {}; what was not read of it is lost, its serials tell", files.at(0), why);
  }

  /// The file that begins as it should, under whatever name; a copy may be shorter than another.
  private boolean find(Position position) throws IOException {
    int count = files.count();
    for (int index = 0; index < count; index++) {
      Optional<LogFile> candidate = LogFile.open(files.at(index));
      if (candidate.isPresent() && isAt(candidate.get(), position)) {
        look(files.at(index));
        return true;
      }
    }
    return false;
  }

  /// A file that is shorter than what was read of it lost its end when the host did, and what
  /// comes follows there.
  private boolean isAt(LogFile candidate, Position position) throws IOException {
    Head found = Head.matching(candidate.channel(), position);
    if (found.length() == 0) {
      candidate.close();
      return false;
    }
    take(candidate, found, Math.min(position.offset(), candidate.channel().size()));
    return true;
  }

  private boolean enter(Path path) throws IOException {
    Optional<LogFile> opened = LogFile.open(path);
    if (opened.isPresent()) {
      take(opened.get(), Head.of(opened.get().channel()), 0);
      look(path);
    }
    return opened.isPresent();
  }

  private void take(LogFile next, Head known, long at) throws IOException {
    before = position();
    close();
    file = Optional.of(next);
    head = known;
    offset = at;
  }

  /// The file holds something else than what was read: it was copied, and cut.
  private Step cut() throws IOException {
    Position position = position().orElseThrow();
    rotations++;
    if (find(position)) {
      return Step.NOTHING;
    }
    gap("it was cut, and no file holds what it held");
    LogFile same = file.orElseThrow();
    before = Optional.of(position);
    head = Head.UNKNOWN;
    offset = 0;
    LOG.debug("reading {} from its beginning", same.key());
    return Step.FILE_ENDED;
  }

  private Step atEnd(LogFile now, ByteBuffer into) throws IOException {
    OptionalInt index = files.indexOf(now.key());
    if (index.isPresent()) {
      look(files.at(index.getAsInt()));
    }
    if (index.isPresent() && index.getAsInt() == 0) {
      return Step.NOTHING;
    }
    int next = index.isPresent() ? index.getAsInt() - 1 : files.oldestSince(modifiedMillis);
    return goOn(now, index, next, into);
  }

  private void look(Path path) throws IOException {
    Optional<BasicFileAttributes> found = LogFile.attributes(path);
    if (found.isPresent()) {
      modifiedMillis = found.get().lastModifiedTime().toMillis();
    }
  }

  private Step goOn(LogFile now, OptionalInt index, int next, ByteBuffer into) throws IOException {
    Optional<LogFile> opened = LogFile.open(files.at(next));
    if (opened.isEmpty()) {
      return Step.NOTHING;
    }
    Head begin = Head.of(opened.get().channel());
    boolean isWritten = next > 0 || begin.length() > 0;
    if (!isWritten || !files.indexOf(now.key()).equals(index)) {
      opened.get().close();
      return Step.NOTHING;
    }
    int got = now.channel().read(into, offset);
    if (got > 0) {
      opened.get().close();
      offset += got;
      return Step.BYTES;
    }
    rotations++;
    take(opened.get(), begin, 0);
    look(files.at(next));
    return Step.FILE_ENDED;
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
