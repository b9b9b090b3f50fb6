package io.tasktrail.agent.health;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.role.Failure;
import io.tasktrail.role.http.Endpoint;
import io.tasktrail.role.http.ListenAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoint of the agent. Where its address can't be had it says so once, and tries again: an
/// agent that does not start leaves a ring that overflows, which is worse than one that nobody can
/// ask.
public final class PatientEndpoint implements AutoCloseable {

  /// Between two tries.
  public static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(PatientEndpoint.class);

  private final Supplier<Endpoint> opening;
  private final Duration pause;
  private final Thread trying =
      Thread.ofPlatform().daemon().name("endpoint").unstarted(this::keepTrying);
  private Optional<Endpoint> endpoint = Optional.empty();
  private boolean closed;

  PatientEndpoint(Supplier<Endpoint> opening, Duration pause) {
    this.opening = opening;
    this.pause = pause;
  }

  /// Listens from now on, or from when it can.
  public static PatientEndpoint open(ListenAddress address, Board board) {
    PrometheusRegistry metrics = new PrometheusRegistry();
    metrics.register(new AgentMetrics(board));
    AgentHealth health = new AgentHealth(board);
    PatientEndpoint patient =
        new PatientEndpoint(() -> Endpoint.open(address, metrics, health), PAUSE);
    patient.start();
    return patient;
  }

  void start() {
    try {
      open();
    } catch (Failure taken) {
      LOG.warn("trying again, events are captured and published: {}", taken.getMessage());
      trying.start();
    }
  }

  private synchronized void open() {
    if (!closed) {
      endpoint = Optional.of(opening.get());
    }
  }

  private void keepTrying() {
    while (uri().isEmpty()) {
      try {
        Thread.sleep(pause);
        open();
      } catch (Failure stillTaken) {
        LOG.debug("trying again", stillTaken);
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  /// Where it answers; empty while it does not.
  public synchronized Optional<URI> uri() {
    return endpoint.map(Endpoint::uri);
  }

  @Override
  public void close() {
    trying.interrupt();
    closeNow();
  }

  private synchronized void closeNow() {
    closed = true;
    endpoint.ifPresent(Endpoint::close);
  }
}
