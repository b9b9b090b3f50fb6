package io.tasktrail.agent;

import io.tasktrail.agent.host.Identity;
import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Origin;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An agent that reads records of the audit system, where there is no capture to read: from
/// standard input, as a plugin of auditd, or from a file. It ends with its input.
///
/// One thread reads and waits for the other; the other makes events and publishes them, and takes
/// no more while the publisher wants none: then auditd's own queue holds what comes, and auditd
/// says what it drops.
final class AuditRole implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRole.class);
  private static final Path ROOT = Path.of("/");
  private static final String STANDARD_INPUT = "-";
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int CHUNKS_MAX = 8;
  private static final byte[] END = {};

  /// So long nothing comes before what is held is taken for complete: what auditd itself waits.
  private static final long SILENCE_NANOS = Duration.ofSeconds(2).toNanos();

  private final Plan plan;
  private final Runnable onEnd;
  private final Consumer<Throwable> onFailure;
  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread reader =
      Thread.ofPlatform().name("audit input").daemon().unstarted(this::read);
  private final Thread worker = Thread.ofPlatform().name("agent").unstarted(this::run);
  private volatile boolean stopping;

  /// What it is to do; as in [AgentRole.Plan] where not said here.
  ///
  /// @param input a file, or `-` for standard input
  record Plan(
      String input,
      Optional<UUID> hostId,
      Target target,
      Duration rest,
      int inFlightRecords,
      Duration stopTimeout,
      Rules masks) {}

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
    role.reader.start();
    role.worker.start();
    return role;
  }

  private void read() {
    try (InputStream in = open()) {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        chunks.put(Arrays.copyOf(buffer, got));
      }
      chunks.put(END);
    } catch (IOException unreadable) {
      onFailure.accept(
          new Failure(
              "can't be read", plan.input(), "set audit.input to a file, or to -", unreadable));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private InputStream open() throws IOException {
    return plan.input().equals(STANDARD_INPUT)
        ? System.in
        : Files.newInputStream(Path.of(plan.input()));
  }

  private void run() {
    try {
      work();
      onEnd.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Throwable failure) {
      onFailure.accept(failure);
    } finally {
      done.countDown();
    }
  }

  private void work() throws InterruptedException {
    Identity identity = Identity.read(ROOT, plan.hostId());
    AckWindow window = new AckWindow(plan.inFlightRecords());
    AuditNumbering numbering = new AuditNumbering(identity, bootMillis());
    try (Publisher publisher =
        new MaskingPublisher(
            plan.target().open(identity.host(), window, numbering, System::nanoTime),
            new Masking(plan.masks()))) {
      AuditOutbox outbox = new AuditOutbox(publisher, window, numbering);
      Origin here =
          new Origin(identity.host(), identity.hostName(), Optional.of(numbering.running()));
      AuditSource source =
          new AuditSource(
              node ->
                  node.isEmpty() || node.equals(identity.hostName()) ? here : Origin.ofNode(node),
              outbox::add);
      LOG.info("reading audit records as host {}", identity.host());
      take(source, outbox);
      source.flush();
      settle(outbox);
      LOG.info(
          "{} lines: {} records of {} events, {} corrupt; {} serials not read",
          source.tally().lines(),
          source.tally().records(),
          source.tally().events(),
          source.tally().corruptLines(),
          source.tally().missingSerials());
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

  private void take(AuditSource source, AuditOutbox outbox) throws InterruptedException {
    long heard = System.nanoTime();
    while (!stopping) {
      outbox.doWork();
      byte[] chunk = outbox.isEmpty() ? next() : null;
      if (chunk != null && chunk.length == 0) {
        return;
      }
      if (chunk != null) {
        source.take(chunk, chunk.length);
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard >= SILENCE_NANOS) {
        source.flush();
        heard = System.nanoTime();
      } else if (!outbox.isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  private byte[] next() throws InterruptedException {
    return chunks.poll(plan.rest().toNanos(), TimeUnit.NANOSECONDS);
  }

  private void settle(AuditOutbox outbox) throws InterruptedException {
    long end = System.nanoTime() + plan.stopTimeout().toNanos();
    outbox.doWork();
    while (!outbox.isSettled() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(2);
      outbox.doWork();
    }
    if (!outbox.isSettled()) {
      LOG.warn(
          "not everything was acknowledged within {} s, and auditd gives nothing twice: {} events"
              + " are lost",
          plan.stopTimeout().toSeconds(),
          outbox.unsettled());
    }
  }

  /// Reads no more, tells what is held, and waits for what is on its way, within its bound.
  @Override
  public void close() {
    stopping = true;
    reader.interrupt();
    try {
      done.await();
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }
}
