package io.tasktrail.sink.bulk;

import io.tasktrail.sink.remote.Nodes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// Requests on their way to a store, each compressed, sent and waited for by a thread of its own.
/// For one thread, which is told of each that has landed when it asks: whatever follows from it
/// happens there. How many there are is its own affair.
final class Flights implements AutoCloseable {

  private final Store store;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("tasktrail-bulk-", 0).factory());
  private final BlockingQueue<Landed> landed = new LinkedBlockingQueue<>();
  private int inTheAir;
  private long next;

  Flights(Store store) {
    this.store = store;
  }

  /// What became of a request.
  sealed interface Landed {

    Batch batch();

    /// Counts requests, in the order in which they were sent.
    long number();

    /// The store said something.
    record Answered(Batch batch, long number, Nodes.Answer answer, Duration within)
        implements Landed {}

    /// It did not.
    record Silent(Batch batch, long number, IOException why) implements Landed {}
  }

  /// How many are on their way.
  int count() {
    return inTheAir;
  }

  /// The number of the next request.
  long next() {
    return next;
  }

  void send(Batch batch) {
    long number = next++;
    inTheAir++;
    threads.execute(() -> landed.add(fly(batch, number)));
  }

  private Landed fly(Batch batch, long number) {
    long begun = System.nanoTime();
    try {
      Nodes.Answer answer = store.bulk(BulkBody.of(batch.documents()));
      return new Landed.Answered(
          batch, number, answer, Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException silent) {
      return new Landed.Silent(batch, number, silent);
    } catch (RuntimeException | Error failed) {
      // whoever waits for it must hear of it, or would wait for ever
      IOException told = new IOException(store.at() + " can't be asked: " + failed, failed);
      return new Landed.Silent(batch, number, told);
    }
  }

  /// The next one that has landed; null if none has by now.
  Landed poll() {
    return counted(landed.poll());
  }

  /// Waits for the next one to land.
  ///
  /// @throws IOException if this thread is interrupted
  Landed take() throws IOException {
    try {
      return counted(landed.take());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(store.at() + ": interrupted", stopped);
    }
  }

  private Landed counted(Landed one) {
    inTheAir -= one == null ? 0 : 1;
    return one;
  }

  /// Those that are on their way may arrive all the same, and nobody is told.
  @Override
  public void close() {
    threads.shutdownNow();
    store.close();
  }
}
