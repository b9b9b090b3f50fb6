package io.tasktrail.agent.publish;

import io.tasktrail.event.HostId;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;

/// Where an agent publishes to.
public sealed interface Target {

  /// Opens it.
  ///
  /// @param nanoTime nanoseconds of a clock that only goes forward
  /// @throws io.tasktrail.role.Failure if that can't be; a Kafka that only can't be reached is fine
  Publisher open(HostId host, Acknowledgements acknowledgements, LongSupplier nanoTime);

  /// The topic `tasktrail.task-events`.
  ///
  /// @param settings Kafka's and Confluent's, under their own names
  /// @param bytesInFlightMax bound of what is sent and not yet acknowledged
  record Kafka(Map<String, Object> settings, long bytesInFlightMax) implements Target {

    @Override
    public Publisher open(HostId host, Acknowledgements acknowledgements, LongSupplier nanoTime) {
      return new KafkaPublisher(
          new KafkaPublisher.Destination(Topics.TASK_EVENTS, host, bytesInFlightMax),
          WireFormat.taskEvents(settings).serializer(),
          new ProducerFactory(settings),
          acknowledgements,
          nanoTime);
    }
  }

  /// A capture file, in place of any old one.
  record File(Path path) implements Target {

    @Override
    public Publisher open(HostId host, Acknowledgements acknowledgements, LongSupplier nanoTime) {
      return new FilePublisher(path, acknowledgements, nanoTime);
    }
  }
}
