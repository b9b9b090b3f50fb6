package io.tasktrail.demo;

import io.tasktrail.agent.AgentRole;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.agent.publish.Target;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Shutdown;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// This machine's events, from the moment of arming.
final class LiveCapture implements Source {

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Duration DRAINING = Duration.ofSeconds(30);
  private static final int IN_FLIGHT_RECORDS = 8192;
  private static final long IN_FLIGHT_BYTES = 4 << 20;

  private final Armer armer;
  private final AgentRole agent;

  private LiveCapture(Armer armer, AgentRole agent) {
    this.armer = armer;
    this.agent = agent;
  }

  /// Arms, and begins to publish.
  ///
  /// @throws Failure if the kernel or the loader refuses
  static LiveCapture start(
      Armer armer, long ringBytes, Filtering filtering, Backbone backbone, Shutdown shutdown) {
    armer.arm(ringBytes);
    try {
      return new LiveCapture(
          armer, AgentRole.start(plan(armer, filtering, backbone), shutdown::failed));
    } catch (RuntimeException cause) {
      armer.disarm();
      throw cause;
    }
  }

  private static AgentRole.Plan plan(Armer armer, Filtering filtering, Backbone backbone) {
    return new AgentRole.Plan(
        armer.pin(),
        Optional.empty(),
        new Target.Kafka(new TreeMap<>(backbone.addresses()), IN_FLIGHT_BYTES),
        POLL,
        HEARTBEAT,
        IN_FLIGHT_RECORDS,
        DRAINING,
        Rules.shipped(),
        Duration.ZERO,
        Optional.empty(),
        false,
        filtering.rules(),
        filtering.control());
  }

  /// Disarms first: the ring stays while the agent holds it, and gets no more.
  @Override
  public void finish() throws Exception {
    armer.disarm();
    agent.drained().get(DRAINING.toMillis(), TimeUnit.MILLISECONDS);
    agent.close();
  }

  @Override
  public void close() {
    armer.disarm();
    agent.close();
  }
}
