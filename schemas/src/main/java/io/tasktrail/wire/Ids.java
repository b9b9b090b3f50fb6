package io.tasktrail.wire;

import io.tasktrail.avro.Uuid;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.TaskKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/// The small parts that every record of the contract is made of.
final class Ids {

  private Ids() {}

  static Uuid toAvro(UUID uuid) {
    return new Uuid(
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array());
  }

  static UUID fromAvro(Uuid uuid) {
    ByteBuffer bytes = ByteBuffer.wrap(uuid.bytes());
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  static Uuid toAvroOrNull(Optional<UUID> uuid) {
    return uuid.map(Ids::toAvro).orElse(null);
  }

  static io.tasktrail.avro.TaskKey toAvro(TaskKey task) {
    return new io.tasktrail.avro.TaskKey(task.pid(), task.startNanos());
  }

  static TaskKey fromAvro(io.tasktrail.avro.TaskKey task) {
    return new TaskKey(task.getPid(), task.getStartNanos());
  }

  static ByteBuffer toAvro(ByteText text) {
    return ByteBuffer.wrap(text.toBytes());
  }
}
