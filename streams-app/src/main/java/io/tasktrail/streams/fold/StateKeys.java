package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Source;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/// The keys of the state stores: big-endian, so that what belongs to one boot of one host stands
/// together.
///
///     tasks     host 16 | boot 16 | pid 4 | start 8
///     accounts  host 16 | boot 16 | kind 1 | what tells it from others of its kind
///
/// What belongs to a host and to none of its boots has 0 in place of the boot.
final class StateKeys {

  /// What an account is about.
  enum Kind {
    RECEIVED(1),
    LEDGER(2),
    ENDED_QUEUE(3),
    ENDED(4),
    CORRECTABLE_QUEUE(5),
    CORRECTABLE(6),
    MODULE(7),
    BOOTS(8),
    LINEAGE(9),
    HEARD(10),
    TOLD(11),
    STATUS(12);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  private static final BootId NO_BOOT = new BootId(new UUID(0, 0));
  private static final int BOOT_BYTES = 32;

  private StateKeys() {}

  static Bytes task(TaskId id) {
    return Bytes.wrap(
        boot(id.host(), id.boot(), Integer.BYTES + Long.BYTES)
            .putInt(id.task().pid())
            .putLong(id.task().startNanos())
            .array());
  }

  static TaskId readTask(Bytes key) {
    ByteBuffer bytes = ByteBuffer.wrap(key.get());
    HostId host = new HostId(uuid(bytes));
    BootId boot = new BootId(uuid(bytes));
    return new TaskId(host, boot, new TaskKey(bytes.getInt(), bytes.getLong()));
  }

  /// Where the tasks, or accounts, of a boot begin.
  static Bytes first(HostId host, BootId boot) {
    return Bytes.wrap(boot(host, boot, 0).array());
  }

  /// Where the accounts of a boot of one kind begin.
  static Bytes first(HostId host, BootId boot, Kind kind) {
    return account(host, boot, kind);
  }

  /// The highest key that begins like this one.
  static Bytes last(Bytes first) {
    byte[] prefix = first.get();
    byte[] last = Arrays.copyOf(prefix, prefix.length + BOOT_BYTES + 1);
    Arrays.fill(last, prefix.length, last.length, (byte) 0xFF);
    return Bytes.wrap(last);
  }

  static Bytes received(HostId host, BootId boot, Source source) {
    UUID capture = source.capture().value();
    return Bytes.wrap(
        account(host, boot, Kind.RECEIVED, 2 * Long.BYTES + Integer.BYTES)
            .putLong(capture.getMostSignificantBits())
            .putLong(capture.getLeastSignificantBits())
            .putInt(source.cpu())
            .array());
  }

  static Bytes account(HostId host, BootId boot, Kind kind) {
    return Bytes.wrap(account(host, boot, kind, 0).array());
  }

  static Bytes numbered(HostId host, BootId boot, Kind kind, long serial) {
    return Bytes.wrap(account(host, boot, kind, Long.BYTES).putLong(serial).array());
  }

  static Bytes module(HostId host, BootId boot, ByteText name) {
    return Bytes.wrap(account(host, boot, Kind.MODULE, name.length()).put(name.asBuffer()).array());
  }

  /// Of a host, whatever the boot.
  static Bytes ofHost(HostId host, Kind kind) {
    return account(host, NO_BOOT, kind);
  }

  static Bytes lineage(HostId host, UUID fingerprint) {
    return Bytes.wrap(
        account(host, NO_BOOT, Kind.LINEAGE, 2 * Long.BYTES)
            .putLong(fingerprint.getMostSignificantBits())
            .putLong(fingerprint.getLeastSignificantBits())
            .array());
  }

  /// Of the partition, whatever the host.
  static Bytes ofPartition(Kind kind) {
    return account(new HostId(new UUID(0, 0)), NO_BOOT, kind);
  }

  /// Whether an account says when its host was last heard of.
  static boolean isHeard(Bytes key) {
    return key.get().length == BOOT_BYTES + 1 && key.get()[BOOT_BYTES] == Kind.HEARD.code;
  }

  /// Whose key it is.
  static HostId host(Bytes key) {
    return new HostId(uuid(ByteBuffer.wrap(key.get())));
  }

  /// Where everything of a host begins.
  static Bytes first(HostId host) {
    return Bytes.wrap(Arrays.copyOf(boot(host, NO_BOOT, 0).array(), BOOT_BYTES / 2));
  }

  private static ByteBuffer account(HostId host, BootId boot, Kind kind, int rest) {
    return boot(host, boot, 1 + rest).put(kind.code);
  }

  private static ByteBuffer boot(HostId host, BootId boot, int rest) {
    return ByteBuffer.allocate(BOOT_BYTES + rest)
        .putLong(host.value().getMostSignificantBits())
        .putLong(host.value().getLeastSignificantBits())
        .putLong(boot.value().getMostSignificantBits())
        .putLong(boot.value().getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
