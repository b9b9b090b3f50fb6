package io.tasktrail.wire;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;

/// A record of the vocabulary as bare Avro binary of today's contract, without any id of its
/// schema: the payload of the wire format, and what state stores hold. Not for use by several
/// threads at once.
public final class BinaryCodec<D> {

  private static final byte[] NOTHING = {};

  private final Form<D> form;
  private final PayloadReader.Direct<D> reader;
  private final AvroOutput out = new AvroOutput();

  private BinaryCodec(Form<D> form) {
    this.form = form;
    this.reader = new PayloadReader.Direct<>(form);
  }

  /// The payload of `tasktrail.task-events`.
  public static BinaryCodec<TaskEvent> taskEvents() {
    return new BinaryCodec<>(new TaskEventForm());
  }

  /// The payload of `tasktrail.audit-events`.
  public static BinaryCodec<AuditEvent> auditEvents() {
    return new BinaryCodec<>(new AuditEventForm());
  }

  /// The payload of `tasktrail.task-history`.
  public static BinaryCodec<TaskHistory> taskHistories() {
    return new BinaryCodec<>(new TaskHistoryForm());
  }

  /// The payload of `tasktrail.modules`.
  public static BinaryCodec<LoadedModule> loadedModules() {
    return new BinaryCodec<>(new LoadedModuleForm());
  }

  /// The payload of `tasktrail.lineages`.
  public static BinaryCodec<Lineage> lineages() {
    return new BinaryCodec<>(new LineageForm());
  }

  /// The payload of `tasktrail.hosts`.
  public static BinaryCodec<HostStatus> hostStatuses() {
    return new BinaryCodec<>(new HostStatusForm());
  }

  /// The payload of `tasktrail.first-seen`.
  public static BinaryCodec<FirstSeen> firstSeen() {
    return new BinaryCodec<>(new FirstSeenForm());
  }

  /// The value in Avro binary.
  public byte[] encode(D value) {
    return encode(NOTHING, value);
  }

  /// The same after some bytes of the caller's, such as the version of a row.
  public byte[] encode(byte[] prefix, D value) {
    out.clear();
    out.raw(prefix, 0, prefix.length);
    form.write(value, out);
    return out.toBytes();
  }

  /// The value of bytes that [#encode(Object)] of the same schema made.
  ///
  /// @throws java.io.UncheckedIOException if they are not
  public D decode(byte[] bytes) {
    return reader.read(bytes, 0, bytes.length);
  }

  /// The value of a part of an array.
  ///
  /// @throws java.io.UncheckedIOException if it is not what [#encode(Object)] made
  /// @throws IndexOutOfBoundsException if the part is not within the array
  public D decode(byte[] bytes, int offset, int length) {
    return reader.read(bytes, offset, length);
  }

  /// The same of what was made when the contract had no command lines of tasks.
  public D decodeWithoutCommandLines(byte[] bytes, int offset, int length) {
    return reader.readWithoutCommandLines(bytes, offset, length);
  }
}
