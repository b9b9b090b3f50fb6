package io.tasktrail.agent.place;

import io.tasktrail.agent.proc.CommandLineFile;
import io.tasktrail.agent.proc.Stat;
import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The arguments of tasks that a snapshot found, as /proc shows them a moment later.
///
/// A process can hold up who reads them, for as long as its memory is locked: a thread of its own
/// reads, one after the other. Whoever wants some waits for it no longer than a bound, and while
/// one reading hangs, nobody waits: what is asked for meanwhile is not known. One thread may ask
/// this object.
final class RunningArguments implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningArguments.class);

  /// USER_HZ is 100.
  private static final long NANOS_A_TICK = 10_000_000;

  private final Path proc;
  private final Duration patience;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("tasktrail-arguments").factory());
  private Future<Arguments> reading = CompletableFuture.completedFuture(Arguments.NONE);

  /// @param proc the file system, `/proc`
  /// @param patience how long those of one task are waited for
  RunningArguments(Path proc, Duration patience) {
    this.proc = proc;
    this.patience = patience;
  }

  /// Those of a task; none of a kernel thread, of one that is gone or executes something else by
  /// now, and where they may not be read.
  Arguments of(Fact.TaskSeen seen) {
    if (seen.kernelThread() || !reading.isDone()) {
      return Arguments.NONE;
    }
    Path folder = proc.resolve(Integer.toString(seen.actor().task().pid()));
    reading = reader.submit(() -> read(folder, seen.actor()));
    try {
      return reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException hangs) {
      LOG.warn("{} holds up who reads its arguments: until it does no more, none are told", folder);
    } catch (ExecutionException failed) {
      LOG.warn("{}: its arguments are not told: {}", folder, failed.getCause().toString());
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
    return Arguments.NONE;
  }

  private static Arguments read(Path folder, Actor actor) {
    try {
      Arguments shown = CommandLineFile.read(folder.resolve("cmdline"));
      ByteText stat = ByteText.of(Files.readAllBytes(folder.resolve("stat")));
      return Stat.parse(stat).filter(now -> isOf(now, actor)).isPresent() ? shown : Arguments.NONE;
    } catch (IOException goneOrHidden) {
      return Arguments.NONE;
    }
  }

  /// What is called otherwise by now has executed something else.
  private static boolean isOf(Stat now, Actor actor) {
    return now.startTicks() == actor.task().startNanos() / NANOS_A_TICK
        && now.comm().equals(actor.comm());
  }

  /// Reads no more. A reading that hangs is left to itself.
  @Override
  public void close() {
    reader.shutdownNow();
  }
}
