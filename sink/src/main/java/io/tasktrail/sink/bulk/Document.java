package io.tasktrail.sink.bulk;

import io.tasktrail.sink.Refusal;
import java.io.IOException;
import java.io.OutputStream;

/// An event as it is sent: what is to be done, and JSON in one line.
final class Document {

  private final byte[] action;
  private final byte[] source;
  private final Refusal refusal;

  /// @param action see [Target#action]
  Document(byte[] action, byte[] source, Refusal refusal) {
    this.action = action;
    this.source = source;
    this.refusal = refusal;
  }

  /// Both lines.
  void writeTo(OutputStream out) throws IOException {
    out.write(action);
    out.write('\n');
    out.write(source);
    out.write('\n');
  }

  /// The store will never take it.
  void refuse(RefusedDocument reason) throws IOException {
    refusal.because(reason);
  }

  /// How much it takes of a request.
  int size() {
    return action.length + source.length + 2;
  }
}
