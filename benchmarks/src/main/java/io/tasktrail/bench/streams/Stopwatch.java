package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Jvm;
import java.io.IOException;

/// A moment from which wall and CPU time are taken.
record Stopwatch(Jvm app, Jvm broker, long nanos, double appCpuSeconds, double brokerCpuSeconds) {

  private static final String BEGUN = "begun ";
  private static final String DONE = "done ";

  static Stopwatch start(Jvm app, Jvm broker) {
    return new Stopwatch(app, broker, System.nanoTime(), app.cpuSeconds(), broker.cpuSeconds());
  }

  /// What a JVM's work costs from where it says that it has begun to where it says that it is done.
  static Cost cost(Jvm app, Jvm broker) throws IOException {
    long begun = count(app.hear(), BEGUN);
    Stopwatch watch = start(app, broker);
    long done = count(app.hear(), DONE);
    return watch.cost(done - begun);
  }

  /// What a JVM says of itself to whoever measures it.
  static void sayBegun(long count) {
    System.out.println(BEGUN + count);
  }

  /// See [#sayBegun].
  static void sayDone(long count) {
    System.out.println(DONE + count);
  }

  private static long count(String line, String word) {
    if (!line.startsWith(word)) {
      throw new IllegalStateException("expected '" + word + "N', heard: " + line);
    }
    return Long.parseLong(line.substring(word.length()));
  }

  private Cost cost(long events) {
    Stopwatch now = start(app, broker);
    return new Cost(
        events,
        (now.nanos - nanos) / 1e9,
        now.appCpuSeconds - appCpuSeconds,
        now.brokerCpuSeconds - brokerCpuSeconds,
        0);
  }
}
