package io.tasktrail.sink.bulk;

import java.util.List;

/// Documents of one request.
///
/// @param bytes about how long the request is, before it is compressed
/// @param attempts how often the store was too busy for them
/// @param silences how many nodes did not answer
/// @param begun when they were ready to be sent, by a clock that only goes forward, in nanoseconds
record Batch(List<Document> documents, int bytes, int attempts, int silences, long begun) {

  Batch {
    documents = List.copyOf(documents);
  }

  static Batch of(List<Document> documents, long now) {
    return new Batch(documents, bytes(documents), 0, 0, now);
  }

  int size() {
    return documents.size();
  }

  /// Some of them, at the next attempt.
  Batch again(List<Document> some) {
    return new Batch(some, bytes(some), attempts + 1, silences, begun);
  }

  /// All of them, for another node.
  Batch unheard() {
    return new Batch(documents, bytes, attempts, silences + 1, begun);
  }

  /// Those before the middle.
  Batch firstHalf() {
    return part(0, size() / 2);
  }

  /// The others.
  Batch secondHalf() {
    return part(size() / 2, size());
  }

  private Batch part(int from, int to) {
    List<Document> some = documents.subList(from, to);
    return new Batch(some, bytes(some), attempts, silences, begun);
  }

  private static int bytes(List<Document> documents) {
    return documents.stream().mapToInt(Document::size).sum();
  }
}
