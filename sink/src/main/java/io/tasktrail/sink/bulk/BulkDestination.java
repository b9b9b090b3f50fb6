package io.tasktrail.sink.bulk;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.remote.Pauses;
import java.io.IOException;

/// Writes events into Elasticsearch or OpenSearch, each once: what comes again meets its own
/// document.
///
/// Several requests are on their way at once, as many as the store takes. One that is too long, or
/// refused as a whole, is halved until what is wrong stands alone. A store that is busy is asked
/// again, for [BulkPlan#busyMax] at most; then, as when no node answers or the credentials are
/// refused, the sink repeats later from its last sync.
public final class BulkDestination implements Destination {

  private final BulkPlan plan;
  private final Format format;
  private final Pauses pauses;
  private Throttle throttle;
  private Sender sender;

  /// @param format one of JSON objects
  BulkDestination(BulkPlan plan, Format format) {
    this(plan, format, Pauses.SLEEPING);
  }

  BulkDestination(BulkPlan plan, Format format, Pauses pauses) {
    this.plan = plan;
    this.format = format;
    this.pauses = pauses;
    this.throttle = Throttle.of(plan.most());
  }

  @Override
  public String name() {
    return plan.nodes().getFirst() + ", " + plan.target();
  }

  /// What was sent and not synced comes again: it is there already, or arrives twice.
  @Override
  public Positions resume(Source source) throws IOException {
    close();
    sender = new Sender(plan, throttle, pauses);
    sender.greet();
    return Positions.NONE;
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    sender.take(new Document(plan.target().action(event), format.format(event), refusal));
  }

  @Override
  public void flush() throws IOException {
    sender.flush();
  }

  /// All of it is there since [#flush].
  @Override
  public void sync(Positions positions) throws IOException {
    flush();
  }

  /// What was learnt of the store remains.
  @Override
  public void close() {
    if (sender != null) {
      throttle = sender.throttle();
      sender.close();
      sender = null;
    }
  }
}
