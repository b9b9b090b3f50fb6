package io.tasktrail.agent.connector;

import io.tasktrail.event.ByteText;
import java.util.Map;
import java.util.Optional;

/// One record of `tasktrail-listen`: `struct listen_record`, and the pieces behind it.
///
/// @param cpu that numbered it, where it has a number
/// @param number unsigned, 32 bits
/// @param pid of the process
/// @param tid of the thread
/// @param a these three as the kind says
/// @param bootNanos when: CLOCK_BOOTTIME
/// @param readNanos when /proc began to be read; of `HELLO` and `TICK` CLOCK_REALTIME minus
///     CLOCK_BOOTTIME
/// @param pieces what could be read
record ListenRecord(
    Kind kind,
    int cpu,
    int number,
    int pid,
    int tid,
    int a,
    int b,
    int c,
    long bootNanos,
    long readNanos,
    Map<Piece, ByteText> pieces) {

  /// `enum listen_kind`.
  enum Kind {
    HELLO(1),
    TICK(2),
    OVERRUN(3),
    SEEING(4),
    SEEN(5),
    SEEING_ENDS(6),
    FORK(16),
    EXEC(17),
    EXIT(18),
    COMM(19),
    UID(20),
    GID(21),
    OTHER(31);

    private static final Kind[] ALL = values();

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /// As it is written.
    int code() {
      return code;
    }

    static Optional<Kind> of(int code) {
      for (Kind kind : ALL) {
        if (kind.code == code) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /// `enum listen_tag`, in its order.
  enum Piece {
    STAT,
    STATUS,
    EXE,
    CWD,
    ARGS,
    ARGS_ALL,
    LOGINUID,
    SESSION,
    CGROUP,
    NS,
    FILE,
    NAME;

    private static final Piece[] ALL = values();

    static Optional<Piece> of(int tag) {
      return tag < 1 || tag > ALL.length ? Optional.empty() : Optional.of(ALL[tag - 1]);
    }
  }

  ListenRecord {
    pieces = Map.copyOf(pieces);
  }

  /// The same, of which nothing was read.
  ListenRecord withoutPieces() {
    return new ListenRecord(kind, cpu, number, pid, tid, a, b, c, bootNanos, readNanos, Map.of());
  }

  /// A piece; empty where it could not be read.
  ByteText piece(Piece piece) {
    return pieces.getOrDefault(piece, ByteText.EMPTY);
  }

  /// Whether it is of the first thread of a process.
  boolean isOfLeader() {
    return pid == tid;
  }
}
