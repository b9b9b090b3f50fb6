package io.tasktrail.agent;

import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.health.Balance;
import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.health.Sighting;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.modules.ModuleWatch;
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.ring.Capture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one capture after the other: each to its end, and until all of it is acknowledged; then
/// the one that replaced it. To readers each is a capture of its own, with numbers of its own.
final class Relay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Identity identity;
  private final AckWindow window;
  private final Publisher publisher;
  private final Duration heartbeatInterval;
  private final Canary canary;
  private final ModuleWatch modules;
  private final Whereabouts whereabouts;
  private final List<String> switchedOn;
  private final Reckoning reckoning;
  private final boolean readBefore;
  private Capture capture;
  private long snapshotsBefore;
  private Stamp stamp;
  private volatile Agent agent;

  /// @param window at which the publisher acknowledges
  /// @param switchedOn what is told of this agent's capabilities
  Relay(
      Identity identity,
      Capture first,
      AckWindow window,
      Publisher publisher,
      Canary canary,
      ModuleWatch modules,
      Whereabouts whereabouts,
      List<String> switchedOn,
      Duration heartbeatInterval) {
    this.identity = identity;
    this.window = window;
    this.publisher = publisher;
    this.heartbeatInterval = heartbeatInterval;
    this.canary = canary;
    this.modules = modules;
    this.whereabouts = whereabouts;
    this.switchedOn = switchedOn;
    reckoning = new Reckoning(window, publisher, first);
    capture = first;
    readBefore = first.settled().stream().anyMatch(cpu -> cpu.delivered() > 0);
    agent = agent();
  }

  private Agent agent() {
    stamp = new Stamp(identity, capture);
    return new Agent(
        capture,
        stamp,
        new Outbox(publisher, window, stamp),
        canary,
        modules,
        whereabouts,
        Introduction.of(capture.meta(), switchedOn),
        heartbeatInterval);
  }

  /// That of the capture that is being read.
  Numbering numbering() {
    return stamp;
  }

  /// Says that an agent is there.
  void start() {
    agent.start(Version.OF_THIS, (int) ProcessHandle.current().pid());
  }

  /// Has what is alive told once more, where an earlier agent read it.
  void recall() {
    if (readBefore) {
      agent.recall();
    }
  }

  /// One turn.
  ///
  /// @throws io.tasktrail.agent.ring.CaptureException if the next capture can't be read; all of the
  ///     one before it is acknowledged
  void doWork() {
    agent.doWork();
    if (capture.isOver()) {
      agent.stop("replaced");
      if (agent.isSettled()) {
        goOn();
      }
    }
  }

  /// Whether the next turn can wait until there [#hasNews], see [Agent#isAtRest].
  boolean isAtRest() {
    return agent.isAtRest();
  }

  /// Whether there is something that no turn knows of.
  boolean hasNews() {
    return agent.hasNews();
  }

  /// The next one is held before this one is given up: no other agent comes in between.
  private void goOn() {
    Capture next = capture.next();
    reckoning.goOn(next);
    canary.goOn();
    capture.close();
    capture = next;
    Agent before = agent;
    snapshotsBefore += before.snapshots();
    agent = agent();
    before.passTo(agent);
    LOG.info("generation {} took over: reading it", capture.meta().generation());
    start();
  }

  /// How it is, after a turn.
  ///
  /// @param masked in how many events each rule of masking found something
  /// @param filtered what the filter did
  Sighting sighting(Map<String, Long> masked, Filter.Tally filtered) {
    Balance balance = reckoning.balance();
    return new Sighting(
        balance,
        Optional.of(
            new Sighting.Ring(
                capture.producerPosition() - capture.releasedPosition(),
                capture.meta().ringBytes())),
        publisher.spool(),
        capture.troubles(),
        balance.lost().get(Balance.Cause.REFUSED),
        snapshotsBefore + agent.snapshots(),
        masked,
        filtered,
        canary.report(),
        Optional.empty(),
        Optional.empty());
  }

  /// Tells whether everything is read that the kernel has written till now.
  BooleanSupplier readingUpToNow() {
    Agent asked = agent;
    long written = capture.producerPosition();
    return () -> agent != asked || capture.readPosition() >= written;
  }

  /// Reads no more; says so.
  void stop(String reason) {
    agent.stop(reason);
  }

  /// One turn that goes on with no other capture.
  ///
  /// @return whether everything published is acknowledged
  boolean settle() {
    agent.doWork();
    return agent.isSettled();
  }

  /// Completed once everything captured before is acknowledged; may be asked by any thread.
  CompletableFuture<Void> drained() {
    return agent.drained();
  }

  /// There will be no more turns.
  @Override
  public void close() {
    agent.end();
    capture.close();
  }
}
