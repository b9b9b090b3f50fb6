package io.tasktrail.bench;

import io.tasktrail.role.Shutdown;
import io.tasktrail.streams.StreamsRole;
import io.tasktrail.streams.StreamsSettings;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/// The role `streams` as shipped, one thread, from an empty state; timed from its first record to
/// its last one.
///
/// @param guarantee `processing.guarantee`
/// @param commitMillis `commit.interval.ms`
record TopologyWork(
    String guarantee,
    int commitMillis,
    Stock stock,
    Backbone backbone,
    Scratch scratch,
    Patience patience)
    implements Work {

  private static final MBeanServer METRICS = ManagementFactory.getPlatformMBeanServer();
  private static final ObjectName STREAM_THREADS =
      named("kafka.streams:type=stream-thread-metrics,thread-id=*-StreamThread-*");

  @Override
  public String name() {
    return "topology: %s, commit %d ms".formatted(guarantee, commitMillis);
  }

  @Override
  public Cost once() throws Exception {
    Outputs outputs = new Outputs(backbone);
    try {
      Cost cost = fold();
      outputs.require(stock.count());
      return cost;
    } finally {
      outputs.delete();
    }
  }

  /// Closing the role commits.
  private Cost fold() throws Exception {
    try (Shutdown role = new Shutdown()) {
      new StreamsRole(StreamsSettings.of(settings()), role).start();
      patience.until("the first event", () -> processed(role) > 0);
      long begun = processed(role);
      Stopwatch watch = Stopwatch.start(backbone);
      patience.until("the last event", () -> processed(role) >= stock.count());
      return watch.cost(stock.count() - begun);
    }
  }

  private Map<String, String> settings() {
    String name = "tasktrail-bench-" + UUID.randomUUID();
    Map<String, String> settings = new TreeMap<>(backbone.addresses());
    settings.put("application.id", name);
    settings.put("state.dir", scratch.file(name).toString());
    settings.put("replication.factor", "1");
    settings.put("http.listen", "off");
    settings.put("topics.partitions", Integer.toString(Stock.PARTITIONS));
    settings.put("processing.guarantee", guarantee);
    settings.put("commit.interval.ms", Integer.toString(commitMillis));
    return settings;
  }

  /// What the stream threads say of themselves; nothing before they have begun.
  private static long processed(Shutdown role) throws Exception {
    if (role.isRequested()) {
      role.await();
    }
    double total = 0;
    for (ObjectName thread : METRICS.queryNames(STREAM_THREADS, null)) {
      total += processed(thread);
    }
    return (long) total;
  }

  private static double processed(ObjectName thread) throws JMException {
    try {
      return (double) METRICS.getAttribute(thread, "process-total");
    } catch (AttributeNotFoundException notBegun) {
      return 0;
    }
  }

  private static ObjectName named(String pattern) {
    try {
      return ObjectName.getInstance(pattern);
    } catch (MalformedObjectNameException cause) {
      throw new IllegalArgumentException(cause);
    }
  }
}
