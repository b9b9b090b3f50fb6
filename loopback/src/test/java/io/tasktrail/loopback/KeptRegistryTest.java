package io.tasktrail.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRegistryTest {

  private static final Schema TEXT = SchemaBuilder.builder().stringType();
  private static final Schema NUMBER = SchemaBuilder.builder().longType();

  @TempDir private Path directory;

  @Test
  void idsAndLevelsOutliveTheRegistry() throws IOException {
    Path file = directory.resolve("registry.json");
    RegistryStore first = RegistryStore.in(file);
    first.change(before -> before.register("text", TEXT).register("number", NUMBER));
    first.change(before -> before.withLevel("text", Compatibility.NONE));
    first.change(before -> before.withLevel(Compatibility.BACKWARD));
    assertThat(RegistryStore.in(file).current()).isEqualTo(first.current());
  }

  @Test
  void aChangeThatCannotBeKeptIsNotMade() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    RegistryStore store = RegistryStore.in(gone.resolve("registry.json"));
    Files.delete(gone);
    assertThatThrownBy(() -> store.change(before -> before.register("text", TEXT)))
        .isInstanceOfSatisfying(
            RegistryError.class, e -> assertThat(e.body().error_code()).isEqualTo(50001));
    assertThat(store.current()).isEqualTo(Registrations.EMPTY);
  }

  @Test
  void aFileThatIsNoRegistryIsNamedAndLeftAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("registry.json"), "{\"schemas\":7}");
    assertThatThrownBy(() -> LoopbackRegistry.start(LoopbackPort.free(), file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent("{\"schemas\":7}");
  }

  @Test
  void aTakenPortIsNamedWithItsOption() throws IOException {
    try (LoopbackRegistry first = LoopbackRegistry.start(LoopbackPort.free())) {
      LoopbackPort taken = new LoopbackPort(first.port(), "--registry-port");
      assertThatThrownBy(() -> LoopbackRegistry.start(taken))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("--registry-port: port " + first.port());
    }
  }

  @Test
  void itListensOnLoopbackAlone() throws IOException {
    try (LoopbackRegistry registry = LoopbackRegistry.start(LoopbackPort.free())) {
      assertThat(Listening.addressesOf(registry.port())).containsExactly("127.0.0.1");
    }
  }

  @Test
  void aFullRegistryTakesNoMore() {
    Registrations full = Registrations.EMPTY;
    for (int i = 0; i < Registrations.MAX_SUBJECTS; i++) {
      full = full.register("subject-" + i, TEXT);
    }
    Registrations held = full;
    assertThat(held.register("subject-0", TEXT)).isSameAs(held);
    assertThatThrownBy(() -> held.register("one-more", TEXT)).hasMessageContaining("full");
  }
}
