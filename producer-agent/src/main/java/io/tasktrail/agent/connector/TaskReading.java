package io.tasktrail.agent.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.agent.connector.ListenRecord.Piece;
import io.tasktrail.agent.proc.CommandLineFile;
import io.tasktrail.agent.proc.Stat;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a record holds of /proc, see proc(5). What could not be read, or is not as it should be, is
/// unknown: a task may end at any moment between two files.
final class TaskReading {

  private static final int SET_USER_ID = 0x800;
  private static final int SET_GROUP_ID = 0x400;
  private static final String DELETED = " (deleted)";
  private static final Place.Namespaces NO_NAMESPACES = new Place.Namespaces(0, 0, 0, 0);

  private final ListenRecord record;
  private final Optional<Stat> stat;
  private final String status;

  TaskReading(ListenRecord record) {
    this.record = record;
    this.stat = Stat.parse(record.piece(Piece.STAT));
    this.status = text(Piece.STATUS);
  }

  private String text(Piece piece) {
    return new String(record.piece(piece).toBytes(), ISO_8859_1);
  }

  /// `/proc/PID/stat`.
  Optional<Stat> stat() {
    return stat;
  }

  /// Where the link to the executable leads; empty for kernel threads.
  ByteText executable() {
    ByteText link = record.piece(Piece.EXE);
    return isDeleted(link)
        ? ByteText.of(link.toBytes(), 0, link.length() - DELETED.length())
        : link;
  }

  private static boolean isDeleted(ByteText link) {
    return new String(link.toBytes(), ISO_8859_1).endsWith(DELETED);
  }

  /// @param before what was known: stands for what was not read
  Credentials credentials(Credentials before) {
    List<Long> users = numbers("Uid:");
    List<Long> groups = numbers("Gid:");
    return new Credentials(
        users.size() > 1 ? users.get(0) : before.uid(),
        users.size() > 1 ? users.get(1) : before.euid(),
        groups.size() > 1 ? groups.get(0) : before.gid(),
        groups.size() > 1 ? groups.get(1) : before.egid(),
        number(text(Piece.LOGINUID)).orElse(before.auid()),
        number(text(Piece.SESSION)).orElse(before.session()));
  }

  /// Of a line of /proc/PID/status; empty where there is none.
  private List<Long> numbers(String name) {
    List<Long> numbers = new ArrayList<>();
    status
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .ifPresent(
            line -> {
              for (String word : line.substring(name.length()).strip().split("\\s+", -1)) {
                number(word).ifPresent(numbers::add);
              }
            });
    return numbers;
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  /// Whether any argument could be read.
  boolean hasArguments() {
    return !record.piece(Piece.ARGS).isEmpty();
  }

  /// The arguments as they were when they were read; none where they were not.
  Arguments arguments() {
    ByteBuffer all = numbers(Piece.ARGS_ALL);
    if (!hasArguments() || all.remaining() < 2 * Long.BYTES) {
      return new Arguments(List.of(), 0, 0, true).asBestEffort();
    }
    byte[] first = record.piece(Piece.ARGS).toBytes();
    return CommandLineFile.arguments(first, all.getLong(0), all.getLong(Long.BYTES)).asBestEffort();
  }

  private ByteBuffer numbers(Piece piece) {
    return ByteBuffer.wrap(record.piece(piece).toBytes()).order(ByteOrder.nativeOrder());
  }

  Image image(Credentials now) {
    ByteBuffer file = numbers(Piece.FILE);
    boolean isKnown = file.remaining() >= 48;
    return new Image(
        ByteText.EMPTY,
        ByteText.EMPTY,
        executable(),
        isKnown ? file.getLong(0) : 0,
        isKnown ? file.getLong(8) : 0,
        isKnown && gains(file, now),
        isKnown ? file.getInt(24) == 0 : isDeleted(record.piece(Piece.EXE)),
        isKnown ? file.getLong(16) : 0,
        ByteText.EMPTY);
  }

  /// Whether what the file's mode gives is what the task has.
  private static boolean gains(ByteBuffer file, Credentials now) {
    int mode = file.getInt(28);
    long user = Integer.toUnsignedLong(file.getInt(32));
    long group = Integer.toUnsignedLong(file.getInt(36));
    boolean byUser = (mode & SET_USER_ID) != 0 && now.euid() == user && now.uid() != user;
    boolean byGroup = (mode & SET_GROUP_ID) != 0 && now.egid() == group && now.gid() != group;
    return byUser || byGroup || file.getInt(40) != 0;
  }

  Place place() {
    List<Long> pids = numbers("NSpid:");
    return new Place(
        record.piece(Piece.CWD),
        stat.map(Stat::terminal).orElse(""),
        namespaces(),
        0,
        cgroup(),
        pids.isEmpty() ? 0 : pids.getLast());
  }

  private Place.Namespaces namespaces() {
    ByteBuffer inodes = numbers(Piece.NS);
    return inodes.remaining() < 4 * Long.BYTES
        ? NO_NAMESPACES
        : new Place.Namespaces(
            inodes.getLong(), inodes.getLong(), inodes.getLong(), inodes.getLong());
  }

  /// Of several hierarchies that in which the task is deepest; a line is `ID:CONTROLLERS:PATH`.
  Cgroup cgroup() {
    String deepest = "";
    for (String line : text(Piece.CGROUP).split("\n", -1)) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && (deepest.isEmpty() || depth(parts[2]) > depth(deepest))) {
        deepest = parts[2];
      }
    }
    return deepest.isEmpty()
        ? Cgroup.UNKNOWN
        : Cgroup.of(ByteText.of(deepest.getBytes(ISO_8859_1)));
  }

  private static long depth(String path) {
    return path.equals("/") ? 0 : path.chars().filter(is -> is == '/').count();
  }
}
