package io.tasktrail.streams.health;

import io.tasktrail.role.http.Health;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/// The health of the role: ready when Kafka Streams runs, which it does once the state of each
/// assigned partition is restored; live unless it failed.
public final class StreamsHealth implements Health {

  private static final Set<State> FAILED = EnumSet.of(State.PENDING_ERROR, State.ERROR);

  private final Restoration restoration;
  private volatile Phase phase = new Waiting("its start");

  /// What the role is about.
  private sealed interface Phase {}

  private record Waiting(String what) implements Phase {}

  private record Folding(Supplier<State> state) implements Phase {}

  /// The health of a role that has not begun.
  public StreamsHealth(Restoration restoration) {
    this.restoration = restoration;
  }

  /// The role waits for this before it can begin.
  public void waitingFor(String what) {
    phase = new Waiting(what);
  }

  /// The role folds from now on.
  public void folding(Supplier<State> state) {
    phase = new Folding(state);
  }

  @Override
  public Answer live() {
    return switch (phase) {
      case Waiting waiting -> answer(true, waiting);
      case Folding(Supplier<State> state) -> answer(state.get());
    };
  }

  private static Answer answer(State state) {
    return new Answer(!FAILED.contains(state), Map.of("state", state.name()));
  }

  @Override
  public Answer ready() {
    return switch (phase) {
      case Waiting waiting -> answer(false, waiting);
      case Folding(Supplier<State> state) -> ready(state.get());
    };
  }

  private static Answer answer(boolean yes, Waiting waiting) {
    return new Answer(yes, Map.of("state", "WAITING", "waiting_for", waiting.what()));
  }

  private Answer ready(State state) {
    return new Answer(
        state == State.RUNNING, Map.of("state", state.name(), "restoring", restoring()));
  }

  private List<Map<String, Object>> restoring() {
    return restoration.progress().stream().map(StreamsHealth::told).toList();
  }

  private static Map<String, Object> told(Restoration.Progress progress) {
    return Map.of(
        "store", progress.store(),
        "partition", progress.partition(),
        "restored", progress.restored(),
        "to_restore", progress.toRestore());
  }
}
