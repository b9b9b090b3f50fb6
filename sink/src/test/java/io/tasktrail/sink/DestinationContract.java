package io.tasktrail.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every destination that remembers its positions promises; each one's test implements it.
public interface DestinationContract {

  /// A destination at the place of this test: each call stands for another process, the one before
  /// having been killed or closed.
  Destination open() throws IOException;

  /// The words that a reader finds there.
  List<String> found() throws IOException;

  @Test
  default void whatIsSyncedIsThereInOrder() throws IOException {
    try (Destination destination = open()) {
      assertThat(destination.resume(Words.SOURCE)).isEqualTo(Positions.NONE);
      destination.write(Words.event("a"), Words::unrefused);
      destination.write(Words.event("b"), Words::unrefused);
      destination.sync(at(2));
      destination.write(Words.event("c"), Words::unrefused);
      destination.sync(at(3));

      assertThat(found()).containsExactly("a", "b", "c");
    }
  }

  @Test
  default void positionsAreRemembered() throws IOException {
    Positions reached = new Positions(Map.of(0, 7L, 3, 1L << 40));
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.sync(reached);

      assertThat(destination.resume(Words.SOURCE)).isEqualTo(reached);
    }
    try (Destination next = open()) {
      assertThat(next.resume(Words.SOURCE)).isEqualTo(reached);
    }
  }

  @Test
  default void whatWasNotSyncedIsForgottenByResume() throws IOException {
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.write(Words.event("a"), Words::unrefused);
      destination.sync(at(1));
      destination.write(Words.event("b"), Words::unrefused);

      assertThat(destination.resume(Words.SOURCE)).isEqualTo(at(1));

      destination.write(Words.event("b"), Words::unrefused);
      destination.sync(at(2));
      assertThat(found()).containsExactly("a", "b");
    }
  }

  @Test
  default void whatWasNotSyncedIsForgottenByTheNextProcess() throws IOException {
    try (Destination killed = open()) {
      killed.resume(Words.SOURCE);
      killed.write(Words.event("a"), Words::unrefused);
      killed.sync(at(1));
      killed.write(Words.event("b"), Words::unrefused);
    }
    try (Destination next = open()) {
      assertThat(next.resume(Words.SOURCE)).isEqualTo(at(1));
      next.write(Words.event("b"), Words::unrefused);
      next.sync(at(2));
    }
    assertThat(found()).containsExactly("a", "b");
  }

  @Test
  default void anEventThatCannotBeWrittenLeavesNoTrace() throws IOException {
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.write(Words.event("a"), Words::unrefused);
      try {
        destination.write(Words.event(Words.UNSPEAKABLE), Words::unrefused);
      } catch (IllegalArgumentException condemned) {
        destination.write(Words.event("b"), Words::unrefused);
      }
      destination.sync(at(3));
    }
    assertThat(found()).containsExactly("a", "b");
  }

  @Test
  default void positionsInAnotherSourceMeanNothing() throws IOException {
    try (Destination destination = open()) {
      destination.resume(Words.SOURCE);
      destination.write(Words.event("a"), Words::unrefused);
      destination.sync(at(1));
    }
    Source other = new Source(Words.SOURCE.topic(), "id-2", Words.SOURCE.group());
    try (Destination destination = open()) {
      assertThat(destination.resume(other)).isEqualTo(Positions.NONE);
      destination.write(Words.event("b"), Words::unrefused);
      destination.sync(at(1));
    }
    assertThat(found()).containsExactly("a", "b");
  }

  private static Positions at(long offset) {
    return new Positions(Map.of(0, offset));
  }
}
