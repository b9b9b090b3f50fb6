package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Acknowledgements;
import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.RemotePublisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.agent.publish.SpoolFigures.State;
import io.tasktrail.event.Action;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.BinaryCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes to Kafka, and to the disk while Kafka does not answer. An event is acknowledged once
/// Kafka has it, or the disk.
///
///     PASSING ──an event waits too long: it and all after it go to the disk──▶ SPOOLING
///        ▲                                                                     │     ▲
///        │ the disk is                            the first event of the disk  │     │ no answer
///        │ all sent                               is acknowledged by Kafka     ▼     │ any more
///        └──────────────────────────────────────────────────────────────────  DRAINING
///
/// In SPOOLING and DRAINING what is new goes to the end of the spool, so that the order stays. What
/// Kafka was given and did not answer is sent again: readers know it by its number. A disk that
/// fails leaves everything where it was: unacknowledged, so that the ring keeps it.
final class SpoolingPublisher implements Publisher {

  /// With as much in flight as may be, the ring is filling: no more patience than this.
  static final Duration FULL_PATIENCE = Duration.ofSeconds(2);

  /// A rest of the spool that is sent in one go, so that there is an end to new events behind it.
  static final long CATCH_UP_BYTES = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(SpoolingPublisher.class);

  private final SpoolPlan plan;
  private final Acknowledgements acknowledgements;
  private final Numbering numbering;
  private final LongSupplier nanoTime;
  private final Exchange<Sent> exchange = new Exchange<>();
  private final RemotePublisher kafka;
  private final Spool spool;
  private final DiskTrouble disk;
  private final BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();

  private final SpoolTally tally = new SpoolTally();

  /// While PASSING, Kafka has been given all of it.
  private final Unsecured unsecured;

  private final Shedding shedding;
  private State state = State.PASSING;
  private long lastAnswer;

  /// What Kafka was given.
  private sealed interface Sent {

    /// The first of what is kept.
    record Fresh(Kept event) implements Sent {}

    /// One that the disk still has.
    record Spooled(Header header, String action, Segment segment) implements Sent {}
  }

  SpoolingPublisher(
      Function<Acknowledgements, RemotePublisher> kafka,
      SpoolPlan plan,
      Acknowledgements acknowledgements,
      Numbering numbering,
      LongSupplier nanoTime) {
    this.plan = plan;
    this.acknowledgements = acknowledgements;
    this.numbering = numbering;
    this.nanoTime = nanoTime;
    this.disk = new DiskTrouble(nanoTime);
    this.kafka = kafka.apply(exchange);
    this.spool = new Spool(plan);
    this.unsecured = new Unsecured(spool, disk, tally, nanoTime);
    this.shedding =
        new Shedding(
            spool, plan, disk, tally, numbering, nanoTime, losses -> say(losses, () -> {}));
    open();
  }

  /// What an earlier agent left goes first.
  private void open() {
    try {
      spool.open();
    } catch (IOException cause) {
      disk.later(cause);
      return;
    }
    if (!spool.isEmpty()) {
      LOG.info("{}: {} events are left to be sent", plan.dir(), spool.events());
      enterSpooling();
    }
  }

  @Override
  public boolean hasRoom() {
    return switch (state) {
      case PASSING -> kafka.hasRoom();
      case SPOOLING, DRAINING ->
          unsecured.hasRoom() && (!disk.isThere() || disk.isDue()) && !spool.isFull();
    };
  }

  @Override
  public void publish(TaskEvent event, long token) {
    take(
        event,
        () -> acknowledgements.acknowledged(token),
        reason -> acknowledgements.refused(token, reason));
  }

  private void take(TaskEvent event, Runnable safe, Consumer<String> refused) {
    Kept one = new Kept(codec.encode(event), safe, refused);
    unsecured.add(one);
    switch (state) {
      case PASSING -> send(one.event(), new Sent.Fresh(one));
      case SPOOLING, DRAINING -> unsecured.append(one);
    }
  }

  private void send(byte[] event, Sent as) {
    kafka.publish(event, exchange.open(as, nanoTime.getAsLong()));
  }

  @Override
  public int doWork() {
    kafka.doWork();
    int answered = takeAnswers();
    switch (state) {
      case PASSING -> watch();
      case SPOOLING -> {
        keepUp();
        probe();
      }
      case DRAINING -> {
        keepUp();
        drain();
      }
    }
    return answered;
  }

  private int takeAnswers() {
    int answers = 0;
    for (Optional<Exchange.Answered<Sent>> next = exchange.take();
        next.isPresent();
        next = exchange.take()) {
      answered(next.get().what(), next.get().refusal());
      answers++;
    }
    if (answers > 0) {
      lastAnswer = nanoTime.getAsLong();
    }
    return answers;
  }

  private void answered(Sent sent, Optional<String> refusal) {
    switch (sent) {
      case Sent.Fresh fresh -> {
        unsecured.removeFirst();
        tally.inKafka += refusal.isPresent() ? 0 : 1;
        refusal.ifPresentOrElse(fresh.event()::isRefused, fresh.event()::isSafe);
      }
      case Sent.Spooled spooled ->
          refusal.ifPresentOrElse(
              reason -> replace(spooled, reason), () -> drained(spooled.segment()));
    }
  }

  private void drained(Segment segment) {
    tally.inKafka++;
    settled(segment);
  }

  private void settled(Segment segment) {
    spool.settled(segment);
    if (state == State.SPOOLING) {
      state = State.DRAINING;
      LOG.info("Kafka answers: {} events of the spool are sent", spool.events());
    }
  }

  /// The segment stays until the loss that stands for its event is safe.
  private void replace(Sent.Spooled spooled, String reason) {
    Header header = spooled.header();
    LOG.warn("can't publish event {}: {}", header.eventId(), reason);
    if (spooled.action().equals(Action.EVENTS_LOST)) {
      throw new IllegalStateException("can't say that events are lost: " + reason);
    }
    Fact.EventsLost loss =
        new Fact.EventsLost(
            header.cpu(),
            header.sequence(),
            header.sequence(),
            List.of(new Fact.LostOfKind(spooled.action(), 1)),
            Fact.LossCause.UNKNOWN,
            header.bootNanos(),
            header.bootNanos());
    say(inPlaceOf(header, loss), () -> replaced(spooled.segment()));
  }

  private TaskEvent inPlaceOf(Header header, Fact.EventsLost loss) {
    if (numbering.isOfCapture(header)) {
      return numbering.own(loss);
    }
    // Of an earlier boot nobody can number anything any more: the loss takes the event's place.
    tally.unnumbered++;
    return new TaskEvent(header, loss);
  }

  private void replaced(Segment segment) {
    tally.refused++;
    settled(segment);
  }

  /// Publishes what is not of the ring.
  private void say(TaskEvent own, Runnable safe) {
    tally.own++;
    take(
        own,
        () -> {
          tally.own--;
          safe.run();
        },
        reason -> {
          throw new IllegalStateException("can't say that events are lost: " + reason);
        });
  }

  /// PASSING: has Kafka's turn come to an end?
  private void watch() {
    long waits = exchange.waitsNanos(nanoTime.getAsLong());
    boolean tooLong = waits >= plan.after().toNanos();
    boolean fullAndOld = waits >= FULL_PATIENCE.toNanos() && isKafkaFull();
    if (tooLong || fullAndOld) {
      turnToTheDisk();
    } else if (disk.isThere() && disk.isDue()) {
      reopen();
    }
  }

  /// Everything that is kept goes to the disk; while that fails all stays as it is.
  private void turnToTheDisk() {
    if (unsecured.secureAnew()) {
      LOG.warn("events go to {} until Kafka acknowledges what is there", plan.dir());
      enterSpooling();
    }
  }

  private boolean isKafkaFull() {
    return !kafka.hasRoom() || exchange.size() >= plan.inFlightRecords() - 1;
  }

  /// Whether the folder can be had now, that could not be had at the start.
  private void reopen() {
    try {
      spool.open();
      disk.over();
    } catch (IOException cause) {
      disk.later(cause);
    }
    if (spool.hasUnread()) {
      turnToTheDisk();
    }
  }

  private void enterSpooling() {
    state = State.SPOOLING;
    kafka.forget();
    exchange.forget();
    long before = spool.events();
    spool.rewind();
    tally.again += spool.events() - before;
  }

  /// SPOOLING, DRAINING: brings what is new to the disk, when it is time.
  private void keepUp() {
    if (unsecured.isDue()) {
      unsecured.secure();
    }
    shedding.doWork(state == State.DRAINING);
  }

  /// SPOOLING: one event goes to Kafka and waits for the answer.
  private void probe() {
    if (exchange.size() == 0 && !sendSpooled()) {
      turnOver();
      if (!sendSpooled()) {
        pass();
      }
    }
  }

  /// What was synced can be read.
  private void turnOver() {
    try {
      spool.seal();
    } catch (IOException cause) {
      unsecured.troubled(cause);
    }
  }

  private void drain() {
    if (exchange.size() > 0 && nanoTime.getAsLong() - lastAnswer >= plan.after().toNanos()) {
      LOG.warn("Kafka does not acknowledge any more");
      enterSpooling();
      return;
    }
    while (kafka.hasRoom() && exchange.size() < plan.inFlightRecords() && sendSpooled()) {}
    if (!spool.hasUnread()) {
      catchUp();
    }
  }

  private boolean sendSpooled() {
    Optional<Spool.Spooled> next = spool.next();
    next.ifPresent(
        spooled ->
            send(
                codec.encode(spooled.event()),
                new Sent.Spooled(
                    spooled.event().header(),
                    Action.of(spooled.event().fact()),
                    spooled.segment())));
    return next.isPresent();
  }

  /// DRAINING, all but the last segment is sent: if that is small, it is sent too, and what is new
  /// follows it to Kafka.
  private void catchUp() {
    if (!unsecured.isEmpty()) {
      unsecured.secure();
    }
    turnOver();
    if (spool.unreadBytes() <= CATCH_UP_BYTES) {
      while (sendSpooled()) {}
      pass();
    }
  }

  private void pass() {
    state = State.PASSING;
    // What a failing disk did not take.
    unsecured.leaveDisk().forEach(each -> send(each.event(), new Sent.Fresh(each)));
    LOG.info("the spool is sent, events go straight to Kafka");
  }

  /// What stands in a segment without being synced is on its way, unless Kafka was quicker.
  @Override
  public Optional<SpoolFigures> spool() {
    return Optional.of(figures());
  }

  SpoolFigures figures() {
    return new SpoolFigures(
        state,
        spool.events() - unsecured.appended(),
        spool.bytes(),
        plan.bytesMax(),
        spool.found(),
        tally.again,
        tally.unnumbered,
        tally.own,
        tally.inKafka,
        shedding.shed(),
        tally.refused,
        spool.unreadable() + tally.unwritten,
        disk.failures());
  }

  @Override
  public void close() {
    if (state != State.PASSING && !unsecured.isEmpty()) {
      unsecured.secure();
    }
    spool.close();
    kafka.close();
  }
}
