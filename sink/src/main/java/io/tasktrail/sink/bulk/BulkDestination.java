package io.tasktrail.sink.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.remote.Nodes;
import io.tasktrail.sink.remote.Pauses;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Writes events into Elasticsearch or OpenSearch, each once: what comes again meets its own
/// document.
///
/// A request that is too large, or refused as a whole, is halved until what is wrong stands alone.
/// A store that is busy is asked again, for [BulkPlan#busyMax] at most; then, as when it does not
/// answer or refuses the credentials, the sink repeats later from its last sync.
public final class BulkDestination implements Destination {

  private static final String TEMPLATE = "template.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BulkPlan plan;
  private final Format format;
  private final Pauses pauses;
  private final List<Document> pending = new ArrayList<>();
  private int pendingBytes;
  private Store store;

  /// @param format one of JSON objects
  public BulkDestination(BulkPlan plan, Format format) {
    this(plan, format, Pauses.SLEEPING);
  }

  BulkDestination(BulkPlan plan, Format format, Pauses pauses) {
    this.plan = plan;
    this.format = format;
    this.pauses = pauses;
  }

  @Override
  public String name() {
    return plan.nodes().getFirst() + ", indices " + plan.index() + "-*";
  }

  /// What was sent and not synced comes again: it is there already.
  @Override
  public Positions resume(Source source) throws IOException {
    close();
    store = new Store(plan);
    greet();
    if (plan.installsTemplate()) {
      install();
    }
    return Positions.NONE;
  }

  /// A request of nothing is refused by a store that answers and knows who asks; every store has
  /// that address, and every sink the right to it.
  private void greet() throws IOException {
    Nodes.Answer answer = store.bulk(BulkBody.of(List.of()));
    switch (Verdict.of(answer.status(), BulkReply.reason(answer.body()))) {
      case Verdict.Stored _, Verdict.Refused _ -> {
        // as it must be
      }
      case Verdict.Forbidden forbidden -> throw refused(forbidden);
      case Verdict.Busy busy -> throw new IOException(store.at() + " is busy: " + busy.status());
    }
  }

  private void install() throws IOException {
    Nodes.Answer answer = store.put("/_index_template/" + plan.index(), template());
    if (answer.status() != 200) {
      throw new IOException(
          "%s takes no template (%d %s): give this sink the right to, or set sink.bulk.template=false"
              .formatted(store.at(), answer.status(), BulkReply.reason(answer.body())));
    }
  }

  /// For the indices of this sink, and no others.
  private byte[] template() throws IOException {
    try (InputStream in = BulkDestination.class.getResourceAsStream(TEMPLATE)) {
      ObjectNode template = (ObjectNode) JSON.readTree(in);
      template.putArray("index_patterns").add(plan.index() + "-*");
      return JSON.writeValueAsBytes(template);
    }
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    Document document = Document.of(event, plan.index(), format.format(event), refusal);
    if (!pending.isEmpty()
        && (pending.size() >= plan.documentsMax()
            || pendingBytes + document.size() > plan.bytesMax())) {
      flush();
    }
    pending.add(document);
    pendingBytes += document.size();
  }

  @Override
  public void flush() throws IOException {
    List<Document> left = List.copyOf(pending);
    pending.clear();
    pendingBytes = 0;
    long begun = pauses.nanoTime();
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      left = send(left);
      if (!left.isEmpty()) {
        if (pauses.nanoTime() - begun > plan.busyMax().toNanos()) {
          throw new IOException(store.at() + " is busy: " + left.size() + " documents wait");
        }
        pauses.pause(attempt);
      }
    }
  }

  /// @return those that are to be sent again
  private List<Document> send(List<Document> documents) throws IOException {
    Nodes.Answer answer = store.bulk(BulkBody.of(documents));
    if (answer.status() == 200) {
      return judged(documents, BulkReply.read(answer.body(), documents.size()));
    }
    Verdict whole = Verdict.of(answer.status(), BulkReply.reason(answer.body()));
    if (whole instanceof Verdict.Refused && documents.size() > 1) {
      int half = documents.size() / 2;
      List<Document> again = new ArrayList<>(send(documents.subList(0, half)));
      again.addAll(send(documents.subList(half, documents.size())));
      return again;
    }
    return judged(documents, Collections.nCopies(documents.size(), whole));
  }

  private List<Document> judged(List<Document> documents, List<Verdict> verdicts)
      throws IOException {
    List<Document> again = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      switch (verdicts.get(i)) {
        case Verdict.Stored _ -> {
          // done
        }
        case Verdict.Busy _ -> again.add(documents.get(i));
        case Verdict.Forbidden forbidden -> throw refused(forbidden);
        case Verdict.Refused no ->
            documents.get(i).refuse(new RefusedDocument(no.status(), no.reason()));
      }
    }
    return again;
  }

  private IOException refused(Verdict.Forbidden forbidden) {
    return new IOException(
        "%s refuses this sink (%d %s): check sink.bulk.user.info, sink.bulk.api.key and their rights on %s-*"
            .formatted(store.at(), forbidden.status(), forbidden.reason(), plan.index()));
  }

  /// All of it is there since [#flush].
  @Override
  public void sync(Positions positions) throws IOException {
    flush();
  }

  @Override
  public void close() {
    pending.clear();
    pendingBytes = 0;
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
