package io.tasktrail.wire;

import io.tasktrail.event.Fact;
import io.tasktrail.event.HostStatus;
import org.apache.avro.Schema;

/// `HostStatus`.
final class HostStatusForm implements Form<HostStatus> {

  private final Repeated repeated = new Repeated();

  @Override
  public Schema schema() {
    return Contract.HOST_STATUS;
  }

  @Override
  public void write(HostStatus status, AvroOutput out) {
    out.uuid(status.host().value());
    out.text(status.hostName());
    out.uuid(status.boot().value());
    out.uuid(status.capture().value());
    out.symbol(Symbols.of(status.state()));
    out.number(status.heardNanos());
    out.number(status.acknowledged());
    out.number(status.lost());
    out.number(status.filtered());
    OptionalForm.write(status.canary().nanos(), out);
    out.flag(status.canary().isMissing());
    AgentReportForm.write(status.report(), out);
  }

  @Override
  public HostStatus read(AvroInput in) {
    return new HostStatus(
        repeated.host(in),
        repeated.hostName(in),
        repeated.boot(in),
        repeated.capture(in),
        Symbols.agentState(in),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        new Fact.Canary(OptionalForm.number(in), in.flag()),
        AgentReportForm.optional(in));
  }
}
