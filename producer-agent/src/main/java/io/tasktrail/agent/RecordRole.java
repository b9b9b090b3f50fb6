package io.tasktrail.agent;

import io.tasktrail.agent.connector.ConnectorSource;
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
import io.tasktrail.agent.place.Whereabouts;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.ring.Accounts;
import io.tasktrail.agent.spool.SpooledKafka;
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

/// An agent that reads records, where there is no capture to read: of the audit system, from
/// standard input, as a plugin of auditd, from a file to its end, or from a log that it follows; or
/// those of `tasktrail-listen`, from standard input. It ends with its input.
final class RecordRole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordRole.class);
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
  /// @param source whose records it reads
  /// @param input a file, or `-` for standard input
  /// @param state where to keep what the next agent goes on with. Of audit: how far a log was read
  ///     that is followed; empty: it is read to its end
  record Plan(
      CaptureSource source,
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
      Optional<ListenAddress> listen,
      boolean hashesExecutables) {

    private List<String> switchedOn() {
      Map<String, Boolean> known =
          Map.of(
              "masking", !masks.names().isEmpty(),
              "filters", !rules.leaveOutNothing(),
              "following", follows(),
              "executable-digests", hashesExecutables,
              "spool", target instanceof SpooledKafka);
      return known.keySet().stream().filter(known::get).toList();
    }

    private boolean follows() {
      return source == CaptureSource.AUDIT && state.isPresent();
    }

    private String stateSetting() {
      return source == CaptureSource.AUDIT
          ? AgentSettings.AUDIT_STATE.key()
          : AgentSettings.PROC_STATE.key();
    }

    private Whereabouts whereabouts() {
      return hashesExecutables
          ? Whereabouts.hashing(Accounts::nameOf, ROOT)
          : new Whereabouts(Accounts::nameOf);
    }
  }

  private RecordRole(Plan plan, Runnable onEnd, Consumer<Throwable> onFailure) {
    this.plan = plan;
    this.onEnd = onEnd;
    this.onFailure = onFailure;
  }

  /// Begins to read.
  ///
  /// @param onEnd told when the input has ended and everything is safe
  /// @param onFailure told when it could not go on
  static RecordRole start(Plan plan, Runnable onEnd, Consumer<Throwable> onFailure) {
    RecordRole role = new RecordRole(plan, onEnd, onFailure);
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
    try (StateFolder state = StateFolder.open(plan.state().get(), plan.stateSetting())) {
      work(Optional.of(state));
    }
  }

  private void work(Optional<StateFolder> state) throws IOException {
    Identity identity = Identity.read(ROOT, plan.hostId());
    AckWindow window = new AckWindow(plan.inFlightRecords());
    Optional<Diary> diary =
        plan.follows() ? Optional.of(new Diary(state.orElseThrow())) : Optional.empty();
    OwnNumbers numbers =
        new OwnNumbers(given -> diary.ifPresent(kept -> kept.numbers(given.setAside())));
    RecordNumbering numbering = new RecordNumbering(identity, bootMillis(), numbers);
    Masking masking = new Masking(plan.masks());
    Filter filter = new Filter(plan.rules(), () -> Additions.NONE);
    try (Publisher publisher =
        new FilteringPublisher(
            new MaskingPublisher(
                plan.target().open(identity.host(), window, numbering, System::nanoTime), masking),
            filter)) {
      RecordOutbox outbox = new RecordOutbox(publisher, window, numbering);
      Opened opened =
          switch (plan.source()) {
            case AUDIT -> audit(identity, state, diary, numbers, numbering, outbox);
            case PROC -> connector(identity, state, numbering, outbox);
            case KERNEL -> throw new IllegalArgumentException("no records are read of it");
          };
      try (RecordSource source = opened.source();
          RecordInput input = opened.input()) {
        RecordAgent agent =
            new RecordAgent(
                plan.input(),
                input,
                source,
                outbox,
                numbering,
                numbers,
                Introduction.ofRecords(opened.name(), plan.switchedOn()),
                plan.heartbeatInterval(),
                RecordAgent.Clocks.OF_THIS_HOST);
        RecordSighting sighting =
            new RecordSighting(input, source, outbox, numbers, publisher, window);
        LOG.info("reading {} records as host {}", opened.name(), identity.host());
        while (!stopping && !agent.hasEnded()) {
          turn(agent, outbox);
          if (board.turned(false)) {
            board.post(sighting.now(masking.tally(), filter.tally()));
          }
        }
        finish(agent, outbox, input);
        opened.account().run();
      }
    }
  }

  /// What is read.
  ///
  /// @param name as in heartbeats
  /// @param account tells, at the end, what became of it
  private record Opened(String name, RecordInput input, RecordSource source, Runnable account) {}

  private Opened audit(
      Identity identity,
      Optional<StateFolder> state,
      Optional<Diary> diary,
      OwnNumbers numbers,
      RecordNumbering numbering,
      RecordOutbox outbox)
      throws IOException {
    AuditRecords records = AuditRecords.of(identity, numbering, outbox);
    RecordInput input =
        state.isEmpty()
            ? StreamInput.start(plan.input())
            : new FollowedInput(
                Path.of(plan.input()),
                state.get(),
                diary.orElseThrow(),
                numbers,
                numbering,
                records.source(),
                outbox,
                System::nanoTime);
    return new Opened("audit", input, records, () -> say(records.source().tally()));
  }

  private Opened connector(
      Identity identity,
      Optional<StateFolder> state,
      RecordNumbering numbering,
      RecordOutbox outbox)
      throws IOException {
    ConnectorRecords records =
        new ConnectorRecords(identity, numbering, outbox, plan.whereabouts(), System::nanoTime);
    RecordInput input =
        new ConnectorInput(
            StreamInput.start(plan.input()),
            records.source(),
            identity.boot(),
            state,
            System::nanoTime);
    return new Opened("proc", input, records, () -> say(records.source()));
  }

  private void turn(RecordAgent agent, RecordOutbox outbox) {
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

  private static void say(ConnectorSource source) {
    LOG.info(
        "{} messages: {} events; {} lost, {} execs without executable, {} without arguments",
        source.tally().numbers(),
        source.tally().events(),
        source.tally().lost(),
        source.tally().withoutImage(),
        source.tally().withoutArguments());
    if (source.malformed() > 0) {
      LOG.warn("{} places were no records", source.malformed());
    }
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

  private void finish(RecordAgent agent, RecordOutbox outbox, RecordInput input) {
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
              : "not everything was acknowledged within {} s, and nothing of it can be read again: {}"
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
