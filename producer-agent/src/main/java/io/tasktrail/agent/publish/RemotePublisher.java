package io.tasktrail.agent.publish;

/// A publisher to what may be away for long. It takes events in Avro binary, so that whoever keeps
/// them meanwhile encodes them once. Else as [Publisher].
public interface RemotePublisher extends AutoCloseable {

  /// Whether it wants more now.
  boolean hasRoom();

  /// Takes one event, whether or not there is room.
  ///
  /// @param event the payload of `tasktrail.task-events`, see
  ///     [io.tasktrail.wire.BinaryCodec#taskEvents]
  /// @param token see [Publisher#publish]
  void publish(byte[] event, long token);

  /// Does what is due.
  ///
  /// @return how much was done
  int doWork();

  /// Gives up everything that is not answered yet, for one who has it elsewhere: nothing of it will
  /// be sent again. What comes next goes by a connection of its own.
  void forget();

  /// Ends at once.
  @Override
  void close();
}
