package io.tasktrail.history.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.Omitted;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainNameTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void isTheTextFormByAnotherWay(long seed) {
    History history = history(new Random(seed));

    assertThat(DomainName.of(history)).hasToString(TextForm.TOMOYO.of(history, 0));
  }

  /// Of any bytes, and short enough for the bound of the text form.
  private static History history(Random random) {
    List<Link> links = new ArrayList<>(List.of(Link.ROOT));
    int execs = random.nextInt(9);
    for (int ordinal = 1; ordinal <= execs; ordinal++) {
      byte[] path = new byte[random.nextInt(40)];
      random.nextBytes(path);
      links.add(
          new Link(
              ordinal,
              new TaskKey(1, 1),
              ByteText.of("comm"),
              ByteText.of(path),
              0,
              Credentials.UNSET,
              ordinal,
              LinkSource.EXECUTED));
    }
    return new History(links, Omitted.NONE, execs, List.of());
  }
}
