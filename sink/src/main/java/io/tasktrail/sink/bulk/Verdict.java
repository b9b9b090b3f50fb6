package io.tasktrail.sink.bulk;

/// What a store says of one document.
sealed interface Verdict {

  /// It is there, now or since before.
  record Stored() implements Verdict {}

  /// The store is busy: the document is to be sent again.
  record Busy(int status) implements Verdict {}

  /// The store does not let this sink write there; that is for an administrator to mend.
  record Forbidden(int status, String reason) implements Verdict {}

  /// The store will never take it.
  record Refused(int status, String reason) implements Verdict {}

  /// By the status of an item, or of a request that has only one.
  ///
  /// @param reason as the store gives it
  static Verdict of(int status, String reason) {
    return switch (status) {
      case 200, 201, 409 -> new Stored();
      case 429 -> new Busy(status);
      case 401, 403, 404 -> new Forbidden(status, reason);
      default -> status >= 500 ? new Busy(status) : new Refused(status, reason);
    };
  }
}
