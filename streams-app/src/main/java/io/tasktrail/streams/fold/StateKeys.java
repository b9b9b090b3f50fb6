package io.tasktrail.streams.fold;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskId;
import io.tasktrail.event.TaskKey;
import io.tasktrail.history.Source;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/// The keys of the state stores: big-endian, so that what belongs to one boot of one host stands
/// together.
///
///     tasks     host 16 | boot 16 | pid 4 | start 8
///     accounts  host 16 | boot 16 | kind 1 | what tells it from others of its kind
final class StateKeys {

  private static final int BOOT_BYTES = 32;
  private static final byte RECEIVED = 1;
  private static final byte LEDGER = 2;
  private static final byte GRACE_QUEUE = 3;
  private static final byte ENDED = 4;

  private StateKeys() {}

  static byte[] task(TaskId id) {
    return boot(id.host(), id.boot(), 12)
        .putInt(id.task().pid())
        .putLong(id.task().startNanos())
        .array();
  }

  static TaskId readTask(byte[] key) {
    ByteBuffer bytes = ByteBuffer.wrap(key);
    HostId host = new HostId(uuid(bytes));
    BootId boot = new BootId(uuid(bytes));
    return new TaskId(host, boot, new TaskKey(bytes.getInt(), bytes.getLong()));
  }

  static Bytes received(HostId host, BootId boot, Source source) {
    UUID capture = source.capture().value();
    return Bytes.wrap(
        account(host, boot, RECEIVED, 20)
            .putLong(capture.getMostSignificantBits())
            .putLong(capture.getLeastSignificantBits())
            .putInt(source.cpu())
            .array());
  }

  static Bytes ledger(HostId host, BootId boot) {
    return Bytes.wrap(account(host, boot, LEDGER, 0).array());
  }

  static Bytes graceQueue(HostId host, BootId boot) {
    return Bytes.wrap(account(host, boot, GRACE_QUEUE, 0).array());
  }

  static Bytes ended(HostId host, BootId boot, long serial) {
    return Bytes.wrap(account(host, boot, ENDED, 8).putLong(serial).array());
  }

  private static ByteBuffer account(HostId host, BootId boot, byte kind, int rest) {
    return boot(host, boot, 1 + rest).put(kind);
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
