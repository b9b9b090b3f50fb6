package io.tasktrail.agent.publish;

/// A publisher to what may be away for long.
public interface RemotePublisher extends Publisher {

  /// Gives up everything that is not answered yet, for one who has it elsewhere: nothing of it will
  /// be sent again. What comes next goes by a connection of its own.
  void forget();
}
