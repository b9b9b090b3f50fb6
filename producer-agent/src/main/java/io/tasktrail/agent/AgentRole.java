package io.tasktrail.agent;

import io.tasktrail.agent.control.ControlSocket;
import io.tasktrail.agent.control.Desk;
import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.filter.FilterRules;
import io.tasktrail.agent.health.Board;
import io.tasktrail.agent.health.Canary;
import io.tasktrail.agent.health.PatientEndpoint;
import io.tasktrail.agent.health.ProgramNest;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.modules.HostModules;
import io.tasktrail.agent.modules.ModuleWatch;
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.Accounts;
import io.tasktrail.agent.ring.Capture;
import io.tasktrail.agent.ring.CaptureException;
import io.tasktrail.agent.ring.CaptureRing;
import io.tasktrail.agent.spool.SpooledKafka;
import io.tasktrail.role.Failure;
import io.tasktrail.role.http.ListenAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent at work in a thread of its own, to which the ring belongs.
public final class AgentRole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentRole.class);
  private static final Path ROOT = Path.of("/");

  /// Between two looks for the acknowledgements that a stopping agent waits for.
  private static final long STOPPING_REST_NANOS = Duration.ofMillis(2).toNanos();

  private final Plan plan;
  private final Consumer<Throwable> onFailure;
  private final CompletableFuture<Relay> started = new CompletableFuture<>();
  private final Board board = new Board(System::nanoTime);
  private final Thread thread = Thread.ofPlatform().name("agent").unstarted(this::run);
  private final Desk desk = new Desk(ROOT);
  private Optional<PatientEndpoint> endpoint = Optional.empty();
  private Optional<ControlSocket> control = Optional.empty();
  private volatile boolean stopping;

  /// What an agent is to do.
  ///
  /// @param pin where the capture is pinned
  /// @param hostId in place of the hash of the machine id
  /// @param target where to publish
  /// @param rest between two looks at the ring: the latency at rest
  /// @param heartbeatInterval between two heartbeats
  /// @param inFlightRecords bound of events published and not acknowledged
  /// @param stopTimeout how long to wait for them in the end
  /// @param masks what is masked in command lines
  /// @param canaryInterval between two canaries; zero: none
  /// @param listen where health and metrics are told; empty: nowhere
  /// @param hashesExecutables whether events of execs have the digest of what was executed
  /// @param rules what nobody is told of
  /// @param control where users may ask for more; empty: nowhere
  public record Plan(
      Path pin,
      Optional<UUID> hostId,
      Target target,
      Duration rest,
      Duration heartbeatInterval,
      int inFlightRecords,
      Duration stopTimeout,
      Rules masks,
      Duration canaryInterval,
      Optional<ListenAddress> listen,
      boolean hashesExecutables,
      FilterRules rules,
      Optional<Path> control) {

    /// Of an agent that tells everything, and hashes no executables.
    public Plan(
        Path pin,
        Optional<UUID> hostId,
        Target target,
        Duration rest,
        Duration heartbeatInterval,
        int inFlightRecords,
        Duration stopTimeout,
        Rules masks,
        Duration canaryInterval,
        Optional<ListenAddress> listen) {
      this(
          pin,
          hostId,
          target,
          rest,
          heartbeatInterval,
          inFlightRecords,
          stopTimeout,
          masks,
          canaryInterval,
          listen,
          false,
          FilterRules.NONE,
          Optional.empty());
    }

    private List<String> switchedOn() {
      Map<String, Boolean> known =
          Map.of(
              "masking", !masks.names().isEmpty(),
              "filters", !rules.leaveOutNothing(),
              "executable-digests", hashesExecutables,
              "canary", canaryInterval.isPositive(),
              "spool", target instanceof SpooledKafka,
              "control", control.isPresent());
      return known.keySet().stream().filter(known::get).toList();
    }

    private Whereabouts whereabouts() {
      return hashesExecutables
          ? Whereabouts.hashing(Accounts::nameOf, ROOT)
          : new Whereabouts(Accounts::nameOf);
    }
  }

  private AgentRole(Plan plan, Consumer<Throwable> onFailure) {
    this.plan = plan;
    this.onFailure = onFailure;
  }

  /// Begins to read a capture.
  ///
  /// @param onFailure told when the agent ended by itself, after it had begun
  /// @throws Failure if it can't begin: says why
  public static AgentRole start(Plan plan, Consumer<Throwable> onFailure) {
    AgentRole role = new AgentRole(plan, onFailure);
    role.thread.start();
    try {
      role.started.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException why ? why : failed;
    }
    role.endpoint = plan.listen().map(address -> PatientEndpoint.open(address, role.board));
    return role.listening();
  }

  private AgentRole listening() {
    try {
      control = plan.control().map(path -> ControlSocket.open(path, desk));
      return this;
    } catch (Failure cannot) {
      close();
      throw cannot;
    }
  }

  /// Where health and metrics are told; empty while and where they are not.
  Optional<URI> endpoint() {
    return endpoint.flatMap(PatientEndpoint::uri);
  }

  /// Completed once everything captured before the call is acknowledged; cancelled if the agent
  /// ends before.
  public CompletableFuture<Void> drained() {
    return started.join().drained();
  }

  /// Reads what was captured till now, says that it reads no more, and waits for what is on its
  /// way, all within its bound.
  @Override
  public void close() {
    control.ifPresent(ControlSocket::close);
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
    endpoint.ifPresent(PatientEndpoint::close);
  }

  private void run() {
    try (Capture first = CaptureRing.open(plan.pin())) {
      work(first);
    } catch (CaptureException cause) {
      fail(new Failure("no capture to read", cause));
    } catch (Throwable failure) {
      fail(failure);
    }
  }

  private void fail(Throwable failure) {
    if (!started.completeExceptionally(failure)) {
      onFailure.accept(failure);
    }
  }

  private void work(Capture first) {
    Identity identity = Identity.read(ROOT, plan.hostId());
    AckWindow window = new AckWindow(plan.inFlightRecords() + Agent.reserveFor(first.meta()));
    CurrentNumbering numbering = new CurrentNumbering();
    Masking masking = new Masking(plan.masks());
    Filter filter = new Filter(plan.rules(), desk);
    try (Publisher publisher =
            new FilteringPublisher(
                new MaskingPublisher(
                    plan.target().open(identity.host(), window, numbering, System::nanoTime),
                    masking),
                filter);
        ProgramNest nest = new ProgramNest();
        Whereabouts whereabouts = plan.whereabouts();
        Relay relay =
            new Relay(
                identity,
                first,
                window,
                publisher,
                new Canary(nest, plan.canaryInterval(), first.bootNanos()),
                new ModuleWatch(ROOT, new HostModules(ROOT)),
                whereabouts,
                plan.switchedOn(),
                plan.heartbeatInterval())) {
      numbering.follow(relay::numbering);
      relay.start();
      if (filter.isActive()) {
        relay.recall();
      }
      LOG.info("reading {} as host {}", plan.pin(), identity.host());
      started.complete(relay);
      while (!stopping) {
        relay.doWork();
        boolean isAtRest = relay.isAtRest();
        if (board.turned(isAtRest)) {
          board.post(relay.sighting(masking.tally(), filter.tally()));
        }
        rest(isAtRest ? board.restNanos(restMaxNanos()) : 0, relay);
      }
      finish(relay);
    }
  }

  /// While nothing happens: what is due at a time is late by no more than that.
  private long restMaxNanos() {
    return Collections.min(List.of(Agent.RECOUNT, plan.heartbeatInterval())).toNanos();
  }

  /// Rests once, and goes on with it while nothing is new. To look is much less than a turn.
  private void rest(long mostNanos, Relay relay) {
    long begin = System.nanoTime();
    do {
      LockSupport.parkNanos(plan.rest().toNanos());
    } while (!stopping && System.nanoTime() - begin < mostNanos && !relay.hasNews());
  }

  private void finish(Relay relay) {
    long end = System.nanoTime() + plan.stopTimeout().toNanos();
    readToTheEnd(relay, end);
    relay.stop("stopped");
    boolean settled = relay.settle();
    while (!settled && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(STOPPING_REST_NANOS);
      settled = relay.settle();
    }
    if (!settled) {
      LOG.warn(
          "not everything was acknowledged within {} s: the next agent sends it again",
          plan.stopTimeout().toSeconds());
    }
  }

  /// Where the whole machine stops there is no next agent that could read it: the ring goes with
  /// it.
  private static void readToTheEnd(Relay relay, long end) {
    BooleanSupplier isRead = relay.readingUpToNow();
    while (!isRead.getAsBoolean() && System.nanoTime() - end < 0) {
      relay.doWork();
      LockSupport.parkNanos(STOPPING_REST_NANOS);
    }
  }
}
