package io.tasktrail.sink.bulk;

/// A document that the store will never take.
final class RefusedDocument extends Exception {

  private static final long serialVersionUID = 1;

  RefusedDocument(int status, String reason) {
    super("refused with status " + status + ": " + reason);
  }
}
