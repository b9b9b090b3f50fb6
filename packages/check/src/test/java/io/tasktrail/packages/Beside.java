package io.tasktrail.packages;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Something that is done while something else is.
record Beside(ExecutorService thread, Future<?> done) implements AutoCloseable {

  static Beside of(Callable<?> what) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    return new Beside(thread, thread.submit(what));
  }

  /// Waits until it is done, or fails as it did.
  void get() throws ExecutionException, InterruptedException {
    done.get();
  }

  @Override
  public void close() {
    thread.close();
  }
}
