package io.tasktrail.sink.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a store answers to a request that it took: a verdict for each document, in their order.
final class BulkReply {

  /// Of an answer only this is asked for, and read.
  static final String FILTER = "errors,items.*.status,items.*.error";

  private static final ObjectMapper JSON = new ObjectMapper();

  private BulkReply() {}

  /// Reads it.
  ///
  /// @param documents how many were sent
  /// @throws IOException if it is no such answer
  static List<Verdict> read(String body, int documents) throws IOException {
    JsonNode answer = JSON.readTree(body);
    if (!answer.path("errors").isBoolean()) {
      throw new IOException("an answer that is none of _bulk");
    }
    if (!answer.path("errors").booleanValue()) {
      return Collections.nCopies(documents, new Verdict.Stored());
    }
    List<Verdict> verdicts = new ArrayList<>(documents);
    answer.path("items").forEach(item -> verdicts.add(verdict(item.iterator().next())));
    if (verdicts.size() != documents) {
      throw new IOException(
          "an answer of %d items to %d documents".formatted(verdicts.size(), documents));
    }
    return verdicts;
  }

  private static Verdict verdict(JsonNode item) {
    return Verdict.of(item.path("status").intValue(), reason(item.path("error")));
  }

  /// Of a mapping error the cause is what helps.
  static String reason(JsonNode error) {
    String cause = error.path("caused_by").path("reason").asText();
    return error.path("type").asText()
        + ": "
        + error.path("reason").asText()
        + (cause.isEmpty() ? "" : ": " + cause);
  }

  /// Why a whole request was refused.
  static String reason(String body) {
    try {
      return reason(JSON.readTree(body).path("error"));
    } catch (IOException none) {
      return "no reason given";
    }
  }
}
