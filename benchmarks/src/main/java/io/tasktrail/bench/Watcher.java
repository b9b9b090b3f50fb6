package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;
import java.util.List;

/// Something that watches what a machine executes.
interface Watcher {

  String name();

  /// The programs that it consists of.
  List<String> needs();

  /// Begins to watch; is ready when it sees what is executed.
  Watch start() throws Exception;

  /// A watcher at work.
  interface Watch extends AutoCloseable {

    /// The process that is measured; those that it started are measured with it.
    Child child();

    /// CPU time so far of all that it consists of, in seconds.
    default double cpuSeconds() {
      return child().cpuSeconds();
    }

    /// What it has put out of storms since it began.
    Seen seen() throws Exception;

    /// How many events of anybody it has declared lost since it began.
    long lost() throws Exception;

    @Override
    void close();
  }
}
