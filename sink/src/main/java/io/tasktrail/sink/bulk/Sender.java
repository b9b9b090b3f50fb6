package io.tasktrail.sink.bulk;

import io.tasktrail.sink.remote.Pauses;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes requests of documents, and sees to it that each document is stored, or refused.
///
///     document ──▶ pending ── full ──▶ waiting ── as the throttle allows ──▶ flights
///                                         ▲                                     │
///                                         └── busy, silent, too long: halves ───┘
///
/// A document waits in one of the three; all that do are as many requests as may be on their way,
/// and one more. For one thread.
final class Sender {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private static final int TOO_LONG = 413;

  private final BulkPlan plan;
  private final Store store;
  private final Flights flights;
  private final Pauses pauses;
  private final List<Document> pending = new ArrayList<>();
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private int pendingBytes;
  private Throttle throttle;

  /// @param throttle what was learnt of this store before
  Sender(BulkPlan plan, Throttle throttle, Pauses pauses) throws IOException {
    this.plan = plan;
    this.store = new Store(plan);
    this.flights = new Flights(store);
    this.throttle = throttle;
    this.pauses = pauses;
  }

  /// Whether the store lets this sink in, and has what it needs.
  void greet() throws IOException {
    new Greeting(plan, store).say();
  }

  /// What is known of the store by now.
  Throttle throttle() {
    return throttle;
  }

  /// Takes a document; sends those before it once they are a request.
  void take(Document document) throws IOException {
    if (!pending.isEmpty()
        && (pending.size() >= throttle.documents()
            || pendingBytes + document.size() > throttle.bytes())) {
      closeBatch();
      while (!waiting.isEmpty()) {
        step();
      }
    }
    pending.add(document);
    pendingBytes += document.size();
  }

  /// Returns once each document is stored, or refused.
  void flush() throws IOException {
    closeBatch();
    while (!waiting.isEmpty() || flights.count() > 0) {
      step();
    }
  }

  private void closeBatch() {
    if (!pending.isEmpty()) {
      waiting.addLast(Batch.of(pending, pauses.nanoTime()));
      pending.clear();
      pendingBytes = 0;
    }
  }

  /// What has landed comes first: it tells how much may fly.
  private void step() throws IOException {
    Flights.Landed landed = flights.poll();
    if (landed != null) {
      judge(landed);
    } else if (!waiting.isEmpty() && flights.count() < throttle.requests()) {
      send(waiting.removeFirst());
    } else {
      judge(flights.take());
    }
  }

  /// What was made when more was allowed is halved first.
  private void send(Batch batch) {
    if (batch.size() > 1
        && (batch.size() > throttle.documents() || batch.bytes() > throttle.bytes())) {
      halve(batch);
    } else {
      flights.send(batch);
    }
  }

  private void halve(Batch batch) {
    waiting.addFirst(batch.secondHalf());
    waiting.addFirst(batch.firstHalf());
  }

  private void judge(Flights.Landed landed) throws IOException {
    switch (landed) {
      case Flights.Landed.Silent silent -> unheard(silent);
      case Flights.Landed.Answered answered when answered.answer().status() == 200 ->
          judge(answered, BulkReply.read(answered.answer().body(), answered.batch().size()));
      case Flights.Landed.Answered answered -> whole(answered);
    }
  }

  /// Each node is asked once, without a pause; then that is a failure.
  private void unheard(Flights.Landed.Silent silent) throws IOException {
    slower(silent, silent.why().getMessage());
    Batch again = silent.batch().unheard();
    if (again.silences() >= plan.nodes().size()) {
      throw silent.why();
    }
    waiting.addFirst(again);
  }

  private void whole(Flights.Landed.Answered answered) throws IOException {
    Batch batch = answered.batch();
    int status = answered.answer().status();
    Verdict verdict = Verdict.of(status, BulkReply.reason(answered.answer().body()));
    if (verdict instanceof Verdict.Refused && batch.size() > 1) {
      if (status == TOO_LONG) {
        throttle = throttle.tooLong(batch);
      }
      halve(batch);
      return;
    }
    judge(answered, Collections.nCopies(batch.size(), verdict));
  }

  private void judge(Flights.Landed.Answered answered, List<Verdict> verdicts) throws IOException {
    List<Document> again = new ArrayList<>();
    int status = 0;
    for (int i = 0; i < verdicts.size(); i++) {
      Document document = answered.batch().documents().get(i);
      switch (verdicts.get(i)) {
        case Verdict.Stored _ -> {
          // done
        }
        case Verdict.Busy busy -> {
          again.add(document);
          status = busy.status();
        }
        case Verdict.Forbidden forbidden -> throw plan.refused(store.at(), forbidden);
        case Verdict.Refused no -> document.refuse(new RefusedDocument(no.status(), no.reason()));
      }
    }
    if (again.isEmpty()) {
      faster(answered);
    } else {
      slower(answered, store.at() + " is busy: " + status);
      later(answered.batch().again(again));
    }
  }

  private void later(Batch batch) throws IOException {
    if (pauses.nanoTime() - batch.begun() > plan.busyMax().toNanos()) {
      throw new IOException(store.at() + " is busy: " + batch.size() + " documents wait");
    }
    pauses.pause(batch.attempts() - 1);
    waiting.addFirst(batch);
  }

  private void faster(Flights.Landed.Answered answered) {
    boolean whole = throttle.isWhole();
    throttle = throttle.taken(answered.within());
    if (!whole && throttle.isWhole()) {
      LOG.info("{}: {}", store.at(), throttle);
    }
  }

  /// A line only where there is less than before: a storm does not become a flood of lines.
  private void slower(Flights.Landed landed, String why) {
    Throttle before = throttle;
    throttle = throttle.busy(landed.number(), flights.next());
    if (throttle.isLessThan(before)) {
      LOG.warn("{}: {}", why, throttle);
    }
  }

  /// Forgets all that is not stored.
  void close() {
    flights.close();
  }
}
