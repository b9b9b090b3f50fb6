package io.tasktrail.agent;

import io.tasktrail.agent.filter.Additions;
import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.filter.FilterRules;
import io.tasktrail.agent.follow.Diary;
import io.tasktrail.agent.follow.StateFolder;
import io.tasktrail.agent.health.Board;
import io.tasktrail.agent.health.PatientEndpoint;
import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.spool.SpooledKafka;
import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Origin;
import io.tasktrail.audit.Tally;
import io.tasktrail.role.Failure;
import io.tasktrail.role.http.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent that reads records of the audit system, where there is no capture to read: from
/// standard input, as a plugin of auditd, from a file to its end, or from a log that it follows. It
/// ends with its input.
final class AuditRole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRole.class);
  private static final Path ROOT = Path.of("/");

  /// Between two turns of an agent whose publisher wants no more, or that is about to end.
  private static final long BUSY_REST_NANOS = Duration.ofMillis(1).toNanos();

  private final Plan plan;
  private final Runnable onEnd;
  private final Consumer<Throwable> onFailure;
  private final Board board = new Board(System::nanoTime);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread worker = Thread.ofPlatform().name("agent").unstarted(this::run);
  private Optional<PatientEndpoint> endpoint = Optional.empty();
  private volatile boolean stopping;

  /// What it is to do; as in [AgentRole.Plan] where not said here.
  ///
  /// @param input a file, or `-` for standard input
  /// @param state where to keep how far a log was read that is followed; empty: it is read to its
  ///     end
  record Plan(
      String input,
      Optional<Path> state,
      Optional<UUID> hostId,
      Target target,
      Duration rest,
      Duration heartbeatInterval,
      int inFlightRecords,
      Duration stopTimeout,
      Rules masks,
      FilterRules rules,
      Optional<ListenAddress> listen) {

    private List<String> switchedOn() {
      Map<String, Boolean> known =
          Map.of(
              "masking", !masks.names().isEmpty(),
              "filters", !rules.leaveOutNothing(),
              "following", state.isPresent(),
              "spool", target instanceof SpooledKafka);
      return known.keySet().stream().filter(known::get).toList();
    }
  }

  private AuditRole(Plan plan, Runnable onEnd, Consumer<Throwable> onFailure) {
    this.plan = plan;
    this.onEnd = onEnd;
    this.onFailure = onFailure;
  }

  /// Begins to read.
  ///
  /// @param onEnd told when the input has ended and everything is safe
  /// @param onFailure told when it could not go on
  static AuditRole start(Plan plan, Runnable onEnd, Consumer<Throwable> onFailure) {
    AuditRole role = new AuditRole(plan, onEnd, onFailure);
    role.endpoint = plan.listen().map(address -> PatientEndpoint.open(address, role.board));
    role.worker.start();
    return role;
  }

  /// Where health and metrics are told; empty while and where they are not.
  Optional<URI> endpoint() {
    return endpoint.flatMap(PatientEndpoint::uri);
  }

  private void run() {
    try {
      work();
      onEnd.run();
    } catch (Throwable failure) {
      onFailure.accept(failure);
    } finally {
      done.countDown();
    }
  }

  private void work() throws IOException {
    if (plan.state().isEmpty()) {
      work(Optional.empty());
      return;
    }
    try (StateFolder state = StateFolder.open(plan.state().get())) {
      work(Optional.of(state));
    }
  }

  private void work(Optional<StateFolder> state) throws IOException {
    Identity identity = Identity.read(ROOT, plan.hostId());
    AckWindow window = new AckWindow(plan.inFlightRecords());
    Optional<Diary> diary =
        state.isEmpty() ? Optional.empty() : Optional.of(new Diary(state.get()));
    OwnNumbers numbers =
        new OwnNumbers(given -> diary.ifPresent(kept -> kept.numbers(given.setAside())));
    AuditNumbering numbering = new AuditNumbering(identity, bootMillis(), numbers);
    Masking masking = new Masking(plan.masks());
    Filter filter = new Filter(plan.rules(), () -> Additions.NONE);
    try (Publisher publisher =
        new FilteringPublisher(
            new MaskingPublisher(
                plan.target().open(identity.host(), window, numbering, System::nanoTime), masking),
            filter)) {
      AuditOutbox outbox = new AuditOutbox(publisher, window, numbering);
      AuditSource source = new AuditSource(node -> origin(node, identity, numbering), outbox::add);
      try (AuditInput input =
          state.isEmpty()
              ? StreamInput.start(plan.input())
              : new FollowedInput(
                  Path.of(plan.input()),
                  state.get(),
                  diary.orElseThrow(),
                  numbers,
                  numbering,
                  source,
                  outbox,
                  System::nanoTime)) {
        AuditAgent agent =
            new AuditAgent(
                plan.input(),
                input,
                source,
                outbox,
                numbering,
                numbers,
                Introduction.ofAudit(plan.switchedOn()),
                plan.heartbeatInterval(),
                AuditAgent.Clocks.OF_THIS_HOST);
        LOG.info("reading audit records as host {}", identity.host());
        while (!stopping && !agent.hasEnded()) {
          turn(agent, outbox);
          if (board.turned(false)) {
            board.post(agent.sighting(publisher, window, masking.tally(), filter.tally()));
          }
        }
        finish(agent, outbox, input);
        say(source.tally());
      }
    }
  }

  private static Origin origin(String node, Identity identity, AuditNumbering numbering) {
    return node.isEmpty() || node.equals(identity.hostName())
        ? new Origin(identity.host(), identity.hostName(), Optional.of(numbering.running()))
        : Origin.ofNode(node);
  }

  private void turn(AuditAgent agent, AuditOutbox outbox) {
    if (!agent.doWork()) {
      LockSupport.parkNanos(outbox.isEmpty() ? plan.rest().toNanos() : BUSY_REST_NANOS);
    }
  }

  private static void say(Tally tally) {
    LOG.info(
        "{} lines: {} records of {} events, {} corrupt; {} serials not read",
        tally.lines(),
        tally.records(),
        tally.events(),
        tally.corruptLines(),
        tally.missingSerials());
    tally.reasons().forEach(reason -> LOG.warn("corrupt {}", reason));
  }

  /// `btime` of /proc/stat: whole seconds, and the same for every agent of one boot.
  private static long bootMillis() {
    Path stat = ROOT.resolve("proc/stat");
    try (Stream<String> lines = Files.lines(stat)) {
      return lines
          .filter(line -> line.startsWith("btime "))
          .mapToLong(line -> Long.parseLong(line.substring("btime ".length()).strip()) * 1000)
          .findFirst()
          .orElseThrow(() -> new Failure("no btime", stat.toString(), "is /proc the kernel's?"));
    } catch (IOException unreadable) {
      throw new Failure("can't be read", stat.toString(), "is /proc mounted?", unreadable);
    }
  }

  private void finish(AuditAgent agent, AuditOutbox outbox, AuditInput input) {
    agent.stop("stopped");
    long end = System.nanoTime() + plan.stopTimeout().toNanos();
    boolean settled = agent.settled();
    while (!settled && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(BUSY_REST_NANOS);
      settled = agent.settled();
    }
    if (!settled) {
      LOG.warn(
          input.isRemembered()
              ? "not everything was acknowledged within {} s, the next agent sends it again: {} events"
              : "not everything was acknowledged within {} s, and auditd gives nothing twice: {}"
                  + " events are lost",
          plan.stopTimeout().toSeconds(),
          outbox.unsettled());
    }
  }

  /// Reads no more, tells what is held, and waits for what is on its way, within its bound.
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(worker);
    try {
      done.await();
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
    endpoint.ifPresent(PatientEndpoint::close);
  }
}
