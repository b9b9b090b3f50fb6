package io.tasktrail.bench;

import io.tasktrail.bench.stand.Child;

/// Something that watches what a machine executes.
interface Watcher {

  String name();

  /// Begins to watch; is ready when it sees what is executed.
  Watch start() throws Exception;

  /// A watcher at work.
  interface Watch extends AutoCloseable {

    /// The process that is measured.
    Child child();

    /// What it has put out of storms since it began.
    Seen seen() throws Exception;

    @Override
    void close();
  }
}
