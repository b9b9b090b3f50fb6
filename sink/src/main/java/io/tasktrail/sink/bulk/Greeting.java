package io.tasktrail.sink.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasktrail.sink.remote.Nodes;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// What comes before the first document: whether the store answers and lets this sink in, and what
/// must be there.
record Greeting(BulkPlan plan, Store store) {

  private static final String TEMPLATE = "template.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int ABSENT = 404;

  /// @throws IOException if something is wrong: says how to mend it
  void say() throws IOException {
    knock();
    if (plan.installsTemplate()) {
      install();
    }
    if (plan.target() instanceof Target.Stream) {
      findStream();
    }
  }

  /// A request of nothing is refused by a store that answers and knows who asks; every store has
  /// that address, and every sink the right to it.
  private void knock() throws IOException {
    Nodes.Answer answer = anybody();
    switch (Verdict.of(answer.status(), BulkReply.reason(answer.body()))) {
      case Verdict.Stored _, Verdict.Refused _ -> {
        // as it must be
      }
      case Verdict.Forbidden forbidden -> throw plan.refused(store.at(), forbidden);
      case Verdict.Busy busy -> throw new IOException(store.at() + " is busy: " + busy.status());
    }
  }

  /// Each node is asked once.
  private Nodes.Answer anybody() throws IOException {
    byte[] nothing = BulkBody.of(List.of());
    for (int silences = 1; ; silences++) {
      try {
        return store.bulk(nothing);
      } catch (IOException silent) {
        if (silences >= plan.nodes().size()) {
          throw silent;
        }
      }
    }
  }

  private void install() throws IOException {
    Nodes.Answer answer = store.put("/_index_template/" + plan.target().name(), template());
    if (answer.status() != OK) {
      throw failed("takes no template", answer, "give this sink the right to");
    }
  }

  /// For the indices of this sink, and no others.
  private byte[] template() throws IOException {
    try (InputStream in = Greeting.class.getResourceAsStream(TEMPLATE)) {
      ObjectNode template = (ObjectNode) JSON.readTree(in);
      template.putArray("index_patterns").add(plan.target().pattern());
      if (plan.target() instanceof Target.Stream) {
        template.putObject("data_stream");
      }
      return JSON.writeValueAsBytes(template);
    }
  }

  /// Without one, the first document would make an ordinary index of that name, which nothing rolls
  /// over.
  private void findStream() throws IOException {
    String path = "/_data_stream/" + plan.target().name();
    Nodes.Answer found = store.get(path);
    if (found.status() == ABSENT && plan.installsTemplate()) {
      found = store.put(path);
    }
    if (found.status() != OK) {
      throw failed(
          "has no data stream " + plan.target().name(), found, "make it, and let this sink see it");
    }
  }

  private IOException failed(String what, Nodes.Answer answer, String cure) {
    return new IOException(
        "%s %s (%d %s): %s, or set sink.bulk.template=%s"
            .formatted(
                store.at(),
                what,
                answer.status(),
                BulkReply.reason(answer.body()),
                cure,
                !plan.installsTemplate()));
  }
}
