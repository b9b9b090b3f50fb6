package io.tasktrail.sink.splunk;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.EventVersion;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.remote.Pauses;
import io.tasktrail.sink.splunk.Verdict.Cure;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events to the HTTP event collector of Splunk, at least once, in their order.
///
/// A request that is too long, or of which an event is invalid without a number, is halved until
/// what is wrong stands alone. A collector that is busy is asked again, for [HecPlan#busyMax] at
/// most; then, as when it does not answer, refuses the token or does not acknowledge, the sink
/// repeats later from its last sync, and what the collector has got is not sent again.
public final class HecDestination implements Destination {

  private static final Logger LOG = LoggerFactory.getLogger(HecDestination.class);

  private final HecPlan plan;
  private final Function<AuditEvent, byte[]> format;
  private final Pauses pauses;
  private final Collector collector;
  private final Ledger ledger = new Ledger();
  private final Acks acks;
  private final List<HecEvent> pending = new ArrayList<>();
  private int pendingBytes;
  private int bytesMax;

  /// Whether nothing waits for acknowledgement since before the last failure.
  private boolean settled;

  private Optional<Source> source = Optional.empty();

  /// Nothing is asked before [#resume].
  ///
  /// @param format an event as the collector's JSON object
  public HecDestination(HecPlan plan, Function<AuditEvent, byte[]> format) {
    this(plan, format, Pauses.SLEEPING);
  }

  HecDestination(HecPlan plan, Function<AuditEvent, byte[]> format, Pauses pauses) {
    this.plan = plan;
    this.format = format;
    this.pauses = pauses;
    this.collector = new Collector(plan);
    this.acks = new Acks(collector, ledger, plan.ackTimeout(), pauses);
  }

  @Override
  public String name() {
    return plan.nodes().getFirst() + ", Splunk's event collector";
  }

  /// What the collector took since the last sync stays taken: it is passed over when it comes
  /// again.
  @Override
  public Positions resume(Source from) throws IOException {
    pending.clear();
    pendingBytes = 0;
    bytesMax = plan.bytesMax();
    if (!source.equals(Optional.of(from))) {
      ledger.clear();
      source = Optional.of(from);
    }
    settled = false;
    collector.renew();
    greetAny();
    return Positions.NONE;
  }

  /// Each node once: who answers is the one at hand from now on.
  private void greetAny() throws IOException {
    URI first = collector.at();
    for (URI asked = first; ; asked = collector.at()) {
      try {
        greet();
        return;
      } catch (IOException failed) {
        boolean hasAnswered = collector.at().equals(asked);
        if (hasAnswered || collector.at().equals(first)) {
          throw failed;
        }
        LOG.warn("{}: asking {}", failed.getMessage(), collector.at());
      }
    }
  }

  /// Says what is wrong before an event is sent. One that is busy will be asked again.
  private void greet() throws IOException {
    if (collector.health().verdict() instanceof Verdict.Busy busy) {
      LOG.warn("{} is not healthy: {}: nothing is lost", collector.at(), busy.reason());
    }
    if (plan.acknowledged()) {
      acks.open();
    }
    if (collector.greet(acks.channel()).verdict() instanceof Verdict.Stopped stopped) {
      throw stopped(stopped);
    }
    if (plan.acknowledged()) {
      acks.poll();
    }
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    EventVersion version = EventVersion.of(event);
    if (ledger.holds(version)) {
      return;
    }
    HecEvent next = new HecEvent(version, format.apply(event), refusal);
    if (!pending.isEmpty()
        && (pending.size() >= plan.documentsMax() || pendingBytes + next.size() > bytesMax)) {
      flush();
    }
    pending.add(next);
    pendingBytes += next.size();
  }

  @Override
  public void flush() throws IOException {
    if (!pending.isEmpty()) {
      List<HecEvent> events = List.copyOf(pending);
      pending.clear();
      pendingBytes = 0;
      send(events);
    }
  }

  /// All of it is taken since [#flush]; now it is indexed, too, if Splunk tells.
  @Override
  public void sync(Positions positions) throws IOException {
    flush();
    acks.await(0);
    ledger.clear();
    settled = true;
  }

  private void send(List<HecEvent> events) throws IOException {
    if (!settled) {
      // what was sent before a failure must not be overtaken, should it have to be sent again
      acks.await(0);
      settled = true;
    }
    Deque<List<HecEvent>> left = new ArrayDeque<>(List.of(events));
    Patience patience = new Patience();
    while (!left.isEmpty()) {
      List<HecEvent> batch = left.pop();
      Verdict verdict = collector.post(acks.channel(), HecEvent.body(batch)).verdict();
      judge(batch, verdict, left, patience);
    }
  }

  /// @param left gets what is to be sent next, in its order
  private void judge(
      List<HecEvent> batch, Verdict verdict, Deque<List<HecEvent>> left, Patience patience)
      throws IOException {
    switch (verdict) {
      case Verdict.Busy busy -> {
        left.push(batch);
        patience.spend(busy, left);
      }
      case Verdict.Accepted accepted -> {
        took(batch, accepted);
        patience.restore();
      }
      case Verdict.TooLarge _ when batch.size() == 1 -> batch.getFirst().refuse("too long");
      case Verdict.TooLarge _ -> {
        bytesMax = Math.max(1, batch.stream().mapToInt(HecEvent::size).sum() / 2);
        halve(batch, left);
      }
      case Verdict.Invalid invalid when batch.size() == 1 ->
          batch.getFirst().refuse(invalid.reason());
      case Verdict.Invalid invalid -> without(invalid, batch, left);
      case Verdict.Stopped stopped -> throw stopped(stopped);
    }
  }

  private void took(List<HecEvent> batch, Verdict.Accepted accepted) throws IOException {
    List<EventVersion> events = batch.stream().map(HecEvent::version).toList();
    if (!plan.acknowledged()) {
      ledger.took(events);
    } else if (accepted.ackId().isPresent()) {
      acks.expect(events, accepted.ackId().getAsLong());
      acks.await(plan.requestsMax() - 1);
    } else {
      throw stopped(new Verdict.Stopped("no acknowledgement in its answer", Cure.NO_ACKS));
    }
  }

  private static void halve(List<HecEvent> batch, Deque<List<HecEvent>> left) {
    int half = batch.size() / 2;
    left.push(batch.subList(half, batch.size()));
    left.push(batch.subList(0, half));
  }

  /// Of those before the invalid one nobody will acknowledge that they are indexed: where that is
  /// asked for, they are sent again.
  private void without(Verdict.Invalid invalid, List<HecEvent> batch, Deque<List<HecEvent>> left)
      throws IOException {
    int number = invalid.number().orElse(-1);
    if (number < 0 || number >= batch.size()) {
      halve(batch, left);
      return;
    }
    batch.get(number).refuse(invalid.reason());
    List<HecEvent> head = batch.subList(0, number);
    List<HecEvent> tail = batch.subList(number + 1, batch.size());
    if (plan.acknowledged()) {
      tail = Stream.concat(head.stream(), tail.stream()).toList();
    } else {
      ledger.took(head.stream().map(HecEvent::version).toList());
    }
    if (!tail.isEmpty()) {
      left.push(tail);
    }
  }

  private IOException stopped(Verdict.Stopped stopped) {
    if (stopped.cure() == Cure.CHANNEL_LOST) {
      acks.giveUp();
    }
    return stopped.at(collector.at());
  }

  /// With a collector that is busy, for as long as the plan says.
  private final class Patience {

    private long begun = pauses.nanoTime();
    private int attempts;

    void restore() {
      begun = pauses.nanoTime();
      attempts = 0;
    }

    /// Waits; told are the 1st, 2nd, 4th, 8th, … time. Who asks what is indexed frees the
    /// collector's list of it, which may be what is full.
    void spend(Verdict.Busy busy, Collection<List<HecEvent>> left) throws IOException {
      String what =
          "%s is busy (%s): %d events wait"
              .formatted(collector.at(), busy.reason(), left.stream().mapToInt(List::size).sum());
      if (pauses.nanoTime() - begun > plan.busyMax().toNanos()) {
        throw new IOException(what);
      }
      attempts++;
      if (Integer.bitCount(attempts) == 1) {
        LOG.warn("{}: nothing is lost, attempt {}", what, attempts);
      }
      pauses.pause(attempts - 1);
      if (!ledger.waiting().isEmpty()) {
        acks.poll();
      }
    }
  }

  /// What waits for acknowledgement stays in the ledger, should this be used again.
  @Override
  public void close() {
    pending.clear();
    pendingBytes = 0;
    collector.close();
  }
}
