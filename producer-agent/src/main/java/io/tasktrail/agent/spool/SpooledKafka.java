package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Acknowledgements;
import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.event.HostId;
import java.util.function.LongSupplier;

/// Kafka, with a spool for when it does not answer.
public record SpooledKafka(Target.Kafka kafka, SpoolPlan plan) implements Target {

  @Override
  public Publisher open(
      HostId host, Acknowledgements acknowledgements, Numbering numbering, LongSupplier nanoTime) {
    return new SpoolingPublisher(
        answers -> kafka.remote(host, answers, nanoTime),
        plan,
        acknowledgements,
        numbering,
        nanoTime);
  }
}
