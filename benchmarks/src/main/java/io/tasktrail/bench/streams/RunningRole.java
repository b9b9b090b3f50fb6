package io.tasktrail.bench.streams;

import io.tasktrail.role.Shutdown;
import io.tasktrail.streams.StreamsRole;
import io.tasktrail.streams.StreamsSettings;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/// The role `streams` as shipped, in this JVM, and what its metrics say.
final class RunningRole implements AutoCloseable {

  private static final MBeanServer METRICS = ManagementFactory.getPlatformMBeanServer();
  private static final ObjectName CLIENT = named("kafka.streams:type=stream-metrics,client-id=*");
  private static final ObjectName THREADS =
      named("kafka.streams:type=stream-thread-metrics,thread-id=*-StreamThread-*");

  private final Shutdown shutdown = new Shutdown();

  /// Returns when the role goes on in its own threads.
  static RunningRole start(Map<String, String> settings) throws Exception {
    RunningRole role = new RunningRole();
    try {
      new StreamsRole(StreamsSettings.of(settings), role.shutdown).start();
      return role;
    } catch (Exception failure) {
      role.close();
      throw failure;
    }
  }

  /// Whether all of its state is there and it folds.
  boolean isRunning() throws Exception {
    requireAlive();
    for (ObjectName client : METRICS.queryNames(CLIENT, null)) {
      return "RUNNING".equals(String.valueOf(METRICS.getAttribute(client, "state")));
    }
    return false;
  }

  /// Records that its threads have processed.
  long processed() throws Exception {
    requireAlive();
    double total = 0;
    for (ObjectName thread : METRICS.queryNames(THREADS, null)) {
      total += processed(thread);
    }
    return (long) total;
  }

  /// Nothing before a thread has begun.
  private static double processed(ObjectName thread) throws JMException {
    try {
      return (double) METRICS.getAttribute(thread, "process-total");
    } catch (AttributeNotFoundException notBegun) {
      return 0;
    }
  }

  private void requireAlive() throws Exception {
    if (shutdown.isRequested()) {
      shutdown.await();
    }
  }

  private static ObjectName named(String pattern) {
    try {
      return ObjectName.getInstance(pattern);
    } catch (MalformedObjectNameException cause) {
      throw new IllegalArgumentException(cause);
    }
  }

  /// Commits, and leaves the group.
  @Override
  public void close() {
    shutdown.close();
  }
}
