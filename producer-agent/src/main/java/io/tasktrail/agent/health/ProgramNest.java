package io.tasktrail.agent.health;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs `true(1)`, which is everywhere and does nothing, each in a thread that waits for its end: a
/// disk that hangs must not keep the agent.
///
/// Without any environment: a canary needs none, and what it has is in the event's reach.
public final class ProgramNest implements Canary.Nest, AutoCloseable {

  private static final String PROGRAM = "/bin/true";
  private static final Duration CLOSING = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(ProgramNest.class);
  private static final File NOTHING = new File("/dev/null");

  private volatile boolean closed;
  private volatile boolean failed;
  private volatile Process process;
  private Thread thread;
  private boolean isSaid;

  @Override
  public boolean isTaken() {
    return thread != null && thread.isAlive();
  }

  @Override
  public boolean hasFailed() {
    return failed;
  }

  @Override
  public void start(String mark) {
    failed = false;
    thread = Thread.ofPlatform().daemon().name("canary").start(() -> run(mark));
  }

  private void run(String mark) {
    try {
      ProcessBuilder program = new ProcessBuilder(PROGRAM, mark);
      program.environment().clear();
      process =
          program
              .redirectInput(NOTHING)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      if (closed) {
        process.destroyForcibly();
      }
      process.waitFor();
    } catch (IOException cause) {
      failed = true;
      sayOnce(cause);
    } catch (InterruptedException enough) {
      process.destroyForcibly();
    }
  }

  private synchronized void sayOnce(IOException cause) {
    if (!isSaid) {
      isSaid = true;
      LOG.warn(
          "no canary: {}; nobody would notice if capture failed silently, see canary.interval",
          cause.getMessage());
    }
  }

  @Override
  public void clear() {
    Process now = process;
    if (now != null) {
      now.destroyForcibly();
    }
  }

  /// Ends what is there, and waits for its end.
  @Override
  public void close() {
    closed = true;
    clear();
    try {
      if (thread != null) {
        thread.join(CLOSING);
      }
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }
}
