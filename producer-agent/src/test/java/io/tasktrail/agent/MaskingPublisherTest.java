package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.HostId;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MaskingPublisherTest {

  private static final UUID ID = new UUID(1, 2);
  private static final Actor ACTOR =
      new Actor(new TaskKey(7, 1), 3, ByteText.of("insmod"), new Credentials(0, 0, 0, 0, 0, 0));

  private final FakePublisher next = new FakePublisher(new AckWindow(2));
  private final MaskingPublisher publisher =
      new MaskingPublisher(next, new Masking(Rules.shipped()));

  @Test
  void parametersOfModulesAreMasked() {
    publisher.publish(event(loaded("debug=1 password=hunter2")), 0);
    publisher.publish(
        event(
            new Fact.ModuleLoadFailed(ACTOR, ByteText.EMPTY, 8, origin("psk_passphrase=hunter2"))),
        1);

    assertThat(next.published)
        .extracting(TaskEvent::fact)
        .containsExactly(
            loaded("debug=1 password=***"),
            new Fact.ModuleLoadFailed(ACTOR, ByteText.EMPTY, 8, origin("psk_passphrase=***")));
  }

  @Test
  void argumentsOfWhatRunsAlreadyAreMasked() {
    Fact.TaskSeen seen =
        new Fact.TaskSeen(ACTOR, TaskKey.ROOT, ByteText.of("/bin/mysql"), false, false, 1);
    publisher.publish(event(seen.with(arguments("mysql", "-phunter2"))), 0);

    assertThat(next.published)
        .singleElement()
        .extracting(event -> ((Fact.TaskSeen) event.fact()).arguments().values())
        .isEqualTo(arguments("mysql", "-p***").values());
  }

  private static Arguments arguments(String first, String second) {
    return new Arguments(List.of(ByteText.of(first), ByteText.of(second)), 2, 16, false);
  }

  @Test
  void whatHoldsNoSecretIsPassedOnAsItIs() {
    TaskEvent event = event(loaded("debug=1 numdummies=2"));
    publisher.publish(event, 0);

    assertThat(next.published).singleElement().isSameAs(event);
  }

  private static Fact loaded(String parameters) {
    return new Fact.ModuleLoaded(ACTOR, ByteText.of("dummy"), 0, origin(parameters));
  }

  private static ModuleOrigin origin(String parameters) {
    return new ModuleOrigin(
        ByteText.of("/dummy.ko"), 1, 2, ByteText.of(parameters), false, ByteText.EMPTY);
  }

  private static TaskEvent event(Fact fact) {
    return new TaskEvent(
        new Header(new HostId(ID), "host", new BootId(ID), new CaptureId(ID), 0, 1, 2, 3), fact);
  }
}
