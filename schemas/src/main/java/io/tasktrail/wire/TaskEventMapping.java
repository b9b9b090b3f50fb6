package io.tasktrail.wire;

import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.TaskEvent;
import org.apache.avro.Schema;

/// Header and fact to `TaskEvent`, and back.
final class TaskEventMapping implements Mapping<TaskEvent, io.tasktrail.avro.TaskEvent> {

  @Override
  public Schema schema() {
    return Contract.TASK_EVENT;
  }

  @Override
  public io.tasktrail.avro.TaskEvent toAvro(TaskEvent event) {
    Header header = event.header();
    var record = new io.tasktrail.avro.TaskEvent();
    record.setHostId(Ids.toAvro(header.host().value()));
    record.setHostName(header.hostName());
    record.setBootId(Ids.toAvro(header.boot().value()));
    record.setCaptureId(Ids.toAvro(header.capture().value()));
    record.setCpu(header.cpu());
    record.setSequence(header.sequence());
    record.setBootNanos(header.bootNanos());
    record.setWallOffsetNanos(header.wallOffsetNanos());
    FactMapping.write(event.fact(), record);
    return record;
  }

  @Override
  public TaskEvent fromAvro(io.tasktrail.avro.TaskEvent record) {
    return new TaskEvent(header(record), FactMapping.read(record));
  }

  private static Header header(io.tasktrail.avro.TaskEvent record) {
    return new Header(
        new HostId(Ids.fromAvro(record.getHostId())),
        record.getHostName(),
        new BootId(Ids.fromAvro(record.getBootId())),
        new CaptureId(Ids.fromAvro(record.getCaptureId())),
        record.getCpu(),
        record.getSequence(),
        record.getBootNanos(),
        record.getWallOffsetNanos());
  }
}
