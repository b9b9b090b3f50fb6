package io.tasktrail.sink.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlightsTest {

  @Test
  void whatCannotBeSentLandsAllTheSame() throws IOException {
    Duration patience = Duration.ofSeconds(10);
    BulkPlan plan =
        new BulkPlan(
            List.of(URI.create("no-scheme")),
            new Target.Days("events"),
            Optional.empty(),
            Optional.empty(),
            false,
            new Throttle.Most(1, 1, 1),
            patience,
            patience);
    try (Flights flights = new Flights(new Store(plan))) {
      flights.send(Batch.of(List.of(new Document(new byte[1], new byte[1], _ -> {})), 0));

      assertThat(flights.take())
          .isInstanceOfSatisfying(
              Flights.Landed.Silent.class,
              silent -> assertThat(silent.why()).hasMessageContaining("no-scheme can't be asked"));
      assertThat(flights.count()).isZero();
    }
  }
}
