package io.tasktrail.sink.console;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.role.Failure;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import java.io.PrintStream;

/// One line an event, flushed at each sync. What was printed is not taken back: after a failure or
/// a crash lines may come again.
public final class ConsoleDestination implements Destination {

  private final PrintStream out;
  private final Format format;

  /// @param out stays open
  public ConsoleDestination(PrintStream out, Format format) {
    this.out = out;
    this.format = format;
  }

  @Override
  public String name() {
    return "standard output";
  }

  @Override
  public Positions resume(Source source) {
    return Positions.NONE;
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) {
    out.writeBytes(format.format(event));
    out.write('\n');
  }

  @Override
  public void sync(Positions positions) {
    if (out.checkError()) {
      throw new Failure(
          "can't write any more", "standard output", "read it to its end, or make room");
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
