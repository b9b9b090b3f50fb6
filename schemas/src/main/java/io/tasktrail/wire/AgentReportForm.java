package io.tasktrail.wire;

import io.tasktrail.event.AgentReport;
import java.util.Optional;

/// `union { null, AgentReport }`.
final class AgentReportForm {

  private AgentReportForm() {}

  static void write(Optional<AgentReport> value, AvroOutput out) {
    out.present(value.isPresent());
    if (value.isPresent()) {
      AgentReport report = value.get();
      out.text(report.version());
      out.text(report.source());
      out.text(report.kernel());
      out.text(report.architecture());
      out.text(report.armedBy());
      out.items(report.capabilities().size());
      report.capabilities().forEach(out::text);
      out.endOfItems();
    }
  }

  static Optional<AgentReport> optional(AvroInput in) {
    return in.isPresent() ? Optional.of(read(in)) : Optional.empty();
  }

  private static AgentReport read(AvroInput in) {
    return new AgentReport(
        in.string(),
        in.string(),
        in.string(),
        in.string(),
        in.string(),
        in.list(AvroInput::string));
  }
}
