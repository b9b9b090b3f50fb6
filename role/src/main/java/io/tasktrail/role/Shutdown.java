package io.tasktrail.role;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Ends a role in good order: knows when it was asked to (SIGTERM, SIGINT, or by the role itself)
/// and closes what the role opened, in reverse.
///
/// A command that never asks is ended by a signal at once; one that does has [#GRACE] to return. A
/// role that has to do something in the end, however early the signal came, says that it is
/// [#starting]: then that time begins when it has started.
public final class Shutdown implements AutoCloseable {

  /// How long a role may take to end after a signal.
  public static final Duration GRACE = Duration.ofSeconds(30);

  /// How long a start may take that a signal met.
  public static final Duration START_MAX = Duration.ofSeconds(60);

  private static final int OVERDUE = 1;

  private final Duration grace;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile boolean isStarting;
  private Thread hook;
  private volatile int status = OVERDUE;

  public Shutdown() {
    this(GRACE);
  }

  /// @param grace in place of [#GRACE]
  Shutdown(Duration grace) {
    this.grace = grace;
  }

  /// What follows, up to [#await], is a start that is not cut off.
  public void starting() {
    isStarting = true;
    listen();
  }

  /// Takes over a resource, to be closed before all those that it was given earlier.
  ///
  /// @return the same
  public synchronized <T extends AutoCloseable> T closing(T resource) {
    listen();
    open.push(resource);
    return resource;
  }

  /// Asks the role to end. May be called from any thread, and again.
  public void request() {
    requested.countDown();
  }

  /// Asks the role to end because a part of it failed; [#await] throws it. The first one counts.
  public void failed(Throwable cause) {
    failure.compareAndSet(null, cause);
    request();
  }

  /// Whether the role was asked to end.
  public boolean isRequested() {
    listen();
    return requested.getCount() == 0;
  }

  /// Waits until the role is asked to end.
  ///
  /// @throws Failure or whatever was given to [#failed]
  public void await() throws Exception {
    listen();
    started.countDown();
    requested.await();
    rethrow();
  }

  /// Waits until the role is asked to end, or the time is over.
  ///
  /// @return whether it was asked
  /// @throws Failure or whatever was given to [#failed]
  public boolean await(Duration atMost) throws Exception {
    listen();
    started.countDown();
    boolean asked = requested.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    rethrow();
    return asked;
  }

  private void rethrow() throws Exception {
    switch (failure.get()) {
      case null -> {}
      case Exception exception -> throw exception;
      case Throwable error -> throw new IllegalStateException(error);
    }
  }

  /// Closes everything, the last one first. Each one is closed, whatever becomes of the others.
  ///
  /// @throws IllegalStateException holding what they threw: the first one, the others suppressed
  @Override
  public synchronized void close() {
    request();
    ignoreSignals();
    IllegalStateException failed = null;
    while (!open.isEmpty()) {
      failed = close(open.pop(), failed);
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static IllegalStateException close(AutoCloseable one, IllegalStateException failed) {
    try {
      one.close();
    } catch (Exception thrown) {
      if (thrown instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (failed == null) {
        return new IllegalStateException("not closed in good order", thrown);
      }
      failed.addSuppressed(thrown);
    }
    return failed;
  }

  /// Ends the JVM. After a signal the JVM's own status would be 128 + its number, although the role
  /// has ended as it should: then the hook ends it with the role's.
  void exit(int exitStatus) {
    status = exitStatus;
    started.countDown();
    ended.countDown();
    System.exit(exitStatus);
  }

  private synchronized void listen() {
    if (hook == null) {
      hook = new Thread(this::onSignal, "shutdown");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  private void ignoreSignals() {
    try {
      if (hook != null) {
        Runtime.getRuntime().removeShutdownHook(hook);
        hook = null;
      }
    } catch (IllegalStateException signalled) {
      hook.setName("shutdown after a signal");
    }
  }

  private void onSignal() {
    request();
    try {
      if (isStarting && !started.await(START_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
        System.err.println("not started within " + START_MAX.toSeconds() + " s");
      }
      if (!ended.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
        System.err.println("not ended within " + grace.toSeconds() + " s: stopped as it is");
      }
    } catch (InterruptedException overdue) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }
}
