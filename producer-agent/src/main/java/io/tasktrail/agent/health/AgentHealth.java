package io.tasktrail.agent.health;

import io.tasktrail.role.http.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The health of the agent: live while its thread turns; ready while a capture is held, what is
/// read is being acknowledged by Kafka, and the canary comes back.
public final class AgentHealth implements Health {

  /// A turn may wait for Kafka's `max.block.ms`, by default a minute, and for the registry.
  static final Duration TURN_MAX = Duration.ofMinutes(3);

  /// For so long may something wait while nothing at all is acknowledged.
  static final Duration SILENCE_MAX = Duration.ofSeconds(30);

  private final Board board;

  /// The health of the agent that posts there.
  public AgentHealth(Board board) {
    this.board = board;
  }

  @Override
  public Answer live() {
    Duration since = board.sinceTurn();
    return new Answer(
        since.compareTo(TURN_MAX) < 0, Map.of("seconds_since_turn", since.toSeconds()));
  }

  @Override
  public Answer ready() {
    return board
        .newest()
        .map(this::ready)
        .orElseGet(() -> new Answer(false, Map.of("because", List.of("no capture is read yet"))));
  }

  private Answer ready(Board.Post post) {
    List<String> because = new ArrayList<>();
    Balance balance = post.sighting().balance();
    Duration silence = board.since(post.quietNanos());
    if (!live().yes()) {
      because.add("the agent's thread hangs since " + board.sinceTurn().toSeconds() + " s");
    }
    if (balance.waiting() > 0 && silence.compareTo(SILENCE_MAX) >= 0) {
      because.add(
          "nothing was acknowledged for "
              + silence.toSeconds()
              + " s, and "
              + balance.waiting()
              + " events wait");
    }
    if (post.sighting().canary().isMissing()) {
      because.add("the canary was started and never captured: capture is dead, see tasktrail-arm");
    }
    return new Answer(because.isEmpty(), details(post, because));
  }

  private Map<String, Object> details(Board.Post post, List<String> because) {
    Map<String, Object> details = new TreeMap<>();
    Balance balance = post.sighting().balance();
    details.put("in_flight", balance.inFlight());
    details.put("unread", balance.unread());
    details.put("spooled", balance.spooled());
    details.put("seconds_since_acknowledged", board.since(post.acknowledgedNanos()).toSeconds());
    post.sighting().spool().ifPresent(spool -> details.put("state", spool.state().name()));
    if (!because.isEmpty()) {
      details.put("because", because);
    }
    return details;
  }
}
