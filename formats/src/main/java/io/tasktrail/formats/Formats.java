package io.tasktrail.formats;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.audit.AuditFormat;
import io.tasktrail.formats.cef.CefFormat;
import io.tasktrail.formats.ecs.EcsFormat;
import io.tasktrail.formats.leef.LeefFormat;
import io.tasktrail.formats.ocsf.OcsfFormat;
import io.tasktrail.formats.splunk.SplunkFormat;
import io.tasktrail.formats.syslog.SyslogFormat;
import io.tasktrail.formats.text.LineFormat;
import io.tasktrail.history.text.TextForm;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// All formats.
public final class Formats {

  private static final List<Format> ALL =
      List.of(
          new Named("ecs", new EcsFormat(false)::format),
          new Named("ecs-ancestry", new EcsFormat(true)::format),
          new Named("ocsf", OcsfFormat::format),
          new Named("audit", AuditFormat::format),
          new Named("cef", CefFormat::format),
          new Named("leef", LeefFormat::format),
          new Named("syslog", SyslogFormat::format),
          new Named("splunk", SplunkFormat.USUAL::format),
          new Named("tasktracker", new LineFormat(TextForm.TASKTRACKER)::format),
          new Named("taskhistory", new LineFormat(TextForm.TASKHISTORY)::format));

  private record Named(String name, Function<AuditEvent, byte[]> writing) implements Format {

    @Override
    public byte[] format(AuditEvent event) {
      return writing.apply(event);
    }
  }

  private Formats() {}

  /// Their names, the most used first.
  public static List<String> names() {
    return ALL.stream().map(Format::name).toList();
  }

  /// The format of that name; empty when there is none.
  public static Optional<Format> named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }
}
