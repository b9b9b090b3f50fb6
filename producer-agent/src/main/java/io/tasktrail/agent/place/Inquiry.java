package io.tasktrail.agent.place;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers that may take their time, such as those of a directory in the network. A thread of its
/// own asks, one after the other; answers of late are kept.
///
///     of(key) ── kept ──────────────────────────────▶ answer
///        └── not kept ──▶ asked ──▶ thread ──▶ answers
///
/// Whoever wants an answer waits for it no longer than a bound, and only if nothing else is asked:
/// while one question hangs, nobody waits. An answer that is too old is given, and asked for anew.
/// One thread may ask this object.
final class Inquiry<K, V> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);

  /// Answers kept.
  static final int KEPT_MAX = 4096;

  /// Questions that are not answered yet.
  static final int ASKED_MAX = 256;

  private final Function<K, V> source;
  private final V unknown;
  private final ToLongFunction<V> nanosKept;
  private final Duration patience;
  private final BlockingQueue<K> asked = new ArrayBlockingQueue<>(ASKED_MAX);
  private final BlockingQueue<Answer<K, V>> answers = new ArrayBlockingQueue<>(ASKED_MAX);
  private final Map<K, Kept<V>> kept = new Recent<>(KEPT_MAX);
  private final Thread thread;
  private int open;

  /// @param name of the thread
  /// @param source asked by that thread alone; what it throws is as if it did not know
  /// @param unknown what is answered meanwhile
  /// @param nanosKept how long an answer is good
  /// @param patience how long one waits
  Inquiry(
      String name,
      Function<K, V> source,
      V unknown,
      ToLongFunction<V> nanosKept,
      Duration patience) {
    this.source = source;
    this.unknown = unknown;
    this.nanosKept = nanosKept;
    this.patience = patience;
    this.thread = Thread.ofPlatform().daemon().name(name).start(this::work);
  }

  private record Answer<K, V>(K key, V value) {}

  /// @param until when it is asked for anew; [Long#MAX_VALUE] while it is asked for
  private record Kept<V>(V value, long until) {}

  private void work() {
    try {
      while (true) {
        K key = asked.take();
        answers.put(new Answer<>(key, ask(key)));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private V ask(K key) {
    try {
      return source.apply(key);
    } catch (RuntimeException failed) {
      LOG.warn("{}: no answer: {}", thread.getName(), failed.toString());
      return unknown;
    }
  }

  /// The answer; what is unknown while there is none.
  V of(K key, long nowNanos) {
    takeAnswers(nowNanos);
    Kept<V> known = kept.get(key);
    if (known == null) {
      return isAsked(key, unknown) && open == 1 ? awaited(key, nowNanos) : unknown;
    }
    if (nowNanos >= known.until()) {
      var _ = isAsked(key, known.value());
    }
    return known.value();
  }

  private boolean isAsked(K key, V meanwhile) {
    boolean taken = open < ASKED_MAX && asked.offer(key);
    if (taken) {
      open++;
      kept.put(key, new Kept<>(meanwhile, Long.MAX_VALUE));
    }
    return taken;
  }

  private V awaited(K key, long nowNanos) {
    try {
      Answer<K, V> answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (answer != null) {
        keep(answer, nowNanos);
      }
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
    return kept.get(key).value();
  }

  private void takeAnswers(long nowNanos) {
    for (Answer<K, V> answer = open == 0 ? null : answers.poll();
        answer != null;
        answer = answers.poll()) {
      keep(answer, nowNanos);
    }
  }

  private void keep(Answer<K, V> answer, long nowNanos) {
    open--;
    kept.put(
        answer.key(), new Kept<>(answer.value(), nowNanos + nanosKept.applyAsLong(answer.value())));
  }

  /// Asks no more. A question that hangs is left to itself.
  @Override
  public void close() {
    thread.interrupt();
  }
}
