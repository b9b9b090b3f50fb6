package io.tasktrail.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The records of one event, as they came.
final class AuditedEvent {

  /// A kernel's EXECVE of the longest command line has about 300; what is over is counted.
  static final int RECORDS_MAX = 4096;

  /// Characters of all its records.
  static final int SIZE_MAX = 4 << 20;

  /// Bytes of a line's characters, of which each may take two.
  private static final int TEXT_MAX = 2 * AuditSource.LINE_BYTES_MAX;

  private final Stamp stamp;
  private final long order;
  private final long arrivedMillis;
  private final List<RecordLine> records = new ArrayList<>(4);
  private int size;
  private boolean isCut;

  /// @param order the serial, without its roll-overs
  /// @param arrivedMillis the latest time that was read of when its first record came
  AuditedEvent(Stamp stamp, long order, long arrivedMillis) {
    this.stamp = stamp;
    this.order = order;
    this.arrivedMillis = arrivedMillis;
  }

  /// Whether there was room for it.
  boolean add(RecordLine record) {
    if (records.size() == RECORDS_MAX || size + record.body().length() > SIZE_MAX) {
      isCut = true;
      return false;
    }
    size += record.body().length();
    records.add(record);
    return true;
  }

  Stamp stamp() {
    return stamp;
  }

  long order() {
    return order;
  }

  long arrivedMillis() {
    return arrivedMillis;
  }

  /// Whether records were left out because there were too many.
  boolean isCut() {
    return isCut;
  }

  int size() {
    return size;
  }

  List<RecordLine> records() {
    return records;
  }

  /// The first of a type.
  Optional<RecordLine> first(String type) {
    for (RecordLine record : records) {
      if (record.type().equals(type)) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  List<RecordLine> all(String type) {
    return records.stream().filter(record -> record.type().equals(type)).toList();
  }

  void save(StateOutput out) throws IOException {
    stamp.save(out);
    out.number(order);
    out.number(arrivedMillis);
    out.flag(isCut);
    out.count(records.size());
    for (RecordLine record : records) {
      out.text(record.type());
      out.text(record.body());
    }
  }

  static AuditedEvent restored(String node, StateInput in) throws IOException {
    Stamp stamp = Stamp.restored(node, in);
    AuditedEvent event = new AuditedEvent(stamp, in.number(), in.number());
    event.isCut = in.flag();
    for (int left = in.count(RECORDS_MAX); left > 0; left--) {
      event.add(new RecordLine(stamp, in.string(TEXT_MAX), in.string(TEXT_MAX)));
    }
    return event;
  }
}
