package io.tasktrail.agent;

import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.modules.ModuleWatch;
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.CaptureException;
import io.tasktrail.agent.ring.CaptureHandler;
import io.tasktrail.agent.ring.KernelEvent;
import io.tasktrail.agent.ring.Meta;
import io.tasktrail.event.AgentReport;
import io.tasktrail.event.Fact;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One turn reads what is new in the ring, publishes it, and gives back to the kernel what is
/// acknowledged. A turn never waits: who calls it decides when the next one is.
///
///     ring ──poll──▶ stamp ──▶ outbox ──▶ Kafka
///      ▲                         │
///      └──────release◀──────acknowledged, without a gap
///
/// When too much is on its way nothing is read: the ring keeps it, and the kernel counts what a
/// full ring can't take. Not for use by several threads at once.
final class Agent {

  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /// Events of one poll at most: bounds what is published beyond the publisher's bound.
  static final int BATCH = 64;

  /// How often what does not show in the ring is asked of the kernel.
  static final Duration RECOUNT = Duration.ofSeconds(1);

  private final Capture capture;
  private final Stamp stamp;
  private final Outbox outbox;
  private final Canary canary;
  private final ModuleWatch modules;
  private final Whereabouts whereabouts;
  private final Heartbeats heartbeats;
  private final Healing healing;
  private final Misses misses;
  private final CaptureHandler publishing = new Publishing();

  /// Slots kept for what the agent says itself: a loss per cpu, and what stands for refused events.
  private final int reserve;

  private final Drains drains = new Drains();
  private long lastRecount;
  private long published;
  private long refused;
  private long snapshots;
  private long marked;
  private long markedPosition;
  private boolean stopping;

  Agent(
      Capture capture,
      Stamp stamp,
      Outbox outbox,
      Canary canary,
      ModuleWatch modules,
      Whereabouts whereabouts,
      AgentReport report,
      Duration heartbeatInterval) {
    this.capture = capture;
    this.stamp = stamp;
    this.outbox = outbox;
    this.canary = canary;
    this.modules = modules;
    this.whereabouts = whereabouts;
    this.heartbeats =
        new Heartbeats(capture, outbox::refused, canary::report, report, heartbeatInterval);
    this.misses = new Misses(capture);
    this.healing = new Healing(capture.meta().ringBytes(), capture.settled());
    this.reserve = reserveFor(capture.meta());
    this.markedPosition = capture.readPosition();
    this.lastRecount = capture.bootNanos();
  }

  /// How many slots of the window are never used for what is read.
  static int reserveFor(Meta meta) {
    return meta.cpus() + BATCH;
  }

  /// Says that the agent is there, after what a killed one did not get to say.
  void start(String version, int pid) {
    capture.abandonedByAgents().ifPresent(this::publish);
    publish(
        new Fact.AgentStarted(
            version,
            pid,
            capture.meta().armedNanos(),
            capture.meta().how(),
            capture.meta().ringBytes()));
    publish(heartbeats.now());
    modules.ask(capture.bootNanos());
    mark();
  }

  /// One turn.
  ///
  /// @return how many events were published
  int doWork() {
    outbox.doWork().ifPresent(capture::release);
    noticeDrained();
    stamp.readClocks();
    long before = published;
    if (!stopping) {
      recountIfDue();
      long written = capture.producerPosition();
      read();
      tellModules(capture.readPosition() >= written);
      tellMisses();
      heal();
      beat();
      canary.doWork(capture, outbox::isSafe);
    }
    mark();
    return (int) (published - before);
  }

  private void noticeDrained() {
    if (outbox.isEmpty()) {
      drains.settled(capture.releasedPosition(), capture.counts());
    }
  }

  /// A full ring may lose the last events of all: only the kernel's counters tell.
  private void recountIfDue() {
    long now = capture.bootNanos();
    if (drains.begin(capture.producerPosition(), capture.counts())
        || now - lastRecount >= RECOUNT.toNanos()) {
      lastRecount = now;
      capture.recount();
    }
  }

  /// Everything that is there and for which there is room. A record may bring a loss with it.
  private void read() {
    int most = batch();
    while (most > 0 && capture.poll(publishing, most) == most) {
      mark();
      most = batch();
    }
  }

  private int batch() {
    return Math.clamp((outbox.room() - reserve) / 2, 0, BATCH);
  }

  /// Takes a snapshot of what is alive once a loss may have made that differ from what was told.
  private void heal() {
    if (outbox.refused() != refused) {
      refused = outbox.refused();
      healing.lost();
    }
    long now = capture.bootNanos();
    if (healing.isDue(now, capture.producerPosition() - capture.releasedPosition())) {
      healing.begin(now);
      if (!startSnapshot()) {
        healing.lost();
      }
    }
  }

  private boolean startSnapshot() {
    try {
      boolean started = capture.startSnapshot();
      snapshots += started ? 1 : 0;
      return started;
    } catch (CaptureException unreadable) {
      LOG.warn(
          "events were lost, and what is alive now can't be told: {}", unreadable.getMessage());
      return false;
    }
  }

  /// Has a snapshot taken as after a loss.
  void recall() {
    healing.lost();
  }

  /// How many it began.
  long snapshots() {
    return snapshots;
  }

  private void beat() {
    if (outbox.room() > reserve) {
      heartbeats.due().ifPresent(this::publish);
    }
  }

  private void tellModules(boolean upToDate) {
    modules.doWork(capture.bootNanos(), upToDate);
    while (modules.hasNext() && outbox.room() > reserve) {
      publish(modules.next());
    }
  }

  private void tellMisses() {
    if (outbox.room() > reserve) {
      misses.due().ifPresent(publishing::lost);
    }
  }

  /// What was published so far can be released once it is acknowledged.
  private void mark() {
    if (published != marked) {
      outbox.reached(capture.checkpoint());
    } else if (capture.readPosition() != markedPosition && outbox.isEmpty()) {
      // Nothing but records that were delivered before.
      capture.release(capture.checkpoint());
    } else {
      return;
    }
    marked = published;
    markedPosition = capture.readPosition();
  }

  /// Reads no more; says so.
  void stop(String reason) {
    if (!stopping) {
      stopping = true;
      publish(new Fact.AgentStopping(reason));
      mark();
    }
  }

  /// Completed once everything captured before is acknowledged; may be asked by any thread.
  CompletableFuture<Void> drained() {
    return drains.ask();
  }

  /// Another agent goes on with the next capture.
  void passTo(Agent next) {
    drains.passTo(next.drains);
    next.healing.takeOver(healing);
  }

  /// There will be no more turns.
  void end() {
    drains.cancel();
  }

  /// Whether the next turn can wait until there [#hasNews]: nothing is on its way. What a turn does
  /// at its times (losses, heartbeats, the next canary) is not looked at.
  boolean isAtRest() {
    return !stopping && !hasNews() && outbox.isAtRest() && canary.isAtRest();
  }

  /// Whether something is captured, or somebody asks, that no turn knows of. A look at memory.
  boolean hasNews() {
    return capture.hasNews() || drains.isAsked();
  }

  /// Whether everything published is acknowledged.
  boolean isSettled() {
    return outbox.isEmpty();
  }

  private void publish(Fact own) {
    var _ = outbox.publish(stamp.own(own));
    published++;
  }

  private final class Publishing implements CaptureHandler {

    @Override
    public void event(KernelEvent event) {
      healing.read(event);
      canary.read(event, outbox.publish(stamp.kernels(completed(event))));
      published++;
    }

    private KernelEvent completed(KernelEvent event) {
      long now = capture.bootNanos();
      return event.with(whereabouts.read(modules.read(event.fact(), event.bootNanos(), now), now));
    }

    @Override
    public void lost(Fact.EventsLost loss) {
      healing.lost(loss);
      publish(loss);
    }
  }
}
