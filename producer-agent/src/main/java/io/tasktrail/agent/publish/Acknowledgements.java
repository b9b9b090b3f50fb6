package io.tasktrail.agent.publish;

/// Learns what became of published events, in any order, from any thread.
public interface Acknowledgements {

  /// The event is safe.
  void acknowledged(long token);

  /// The event can never be published as it is: too large, or not to be encoded. All others fail
  /// only for a time, and the publisher tries them again.
  void refused(long token, String reason);
}
