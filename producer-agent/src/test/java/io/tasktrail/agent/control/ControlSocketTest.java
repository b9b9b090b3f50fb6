package io.tasktrail.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.filter.Additions;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlSocketTest {

  private static final int SELF = (int) ProcessHandle.current().pid();

  @TempDir Path dir;
  private final Desk desk = new Desk(Path.of("/"));
  private Path path;
  private ControlSocket socket;
  private ControlClient client;

  @BeforeEach
  void open() {
    path = dir.resolve("agent.sock");
    socket = ControlSocket.open(path, desk);
    client = new ControlClient(path);
  }

  @AfterEach
  void close() {
    socket.close();
    assertThat(path).doesNotExist();
  }

  @Test
  void aProcessIsAddedListedAndRemoved() {
    client.ask("add-pid " + SELF);
    assertThat(desk.get().processes()).extracting(each -> each.pid()).containsExactly(SELF);
    assertThat(client.ask("list")).containsExactly("pid " + SELF);
    assertThat(client.ask("add-pid " + SELF)).containsExactly("nothing to change");
    client.ask("remove-pid " + SELF);
    assertThat(desk.get()).isEqualTo(Additions.NONE);
  }

  @Test
  void aContainerIsAddedListedAndRemoved() {
    client.ask("add-container 0123456789ab");
    assertThat(client.ask("list")).containsExactly("container 0123456789ab");
    client.ask("remove-container 0123456789ab");
    assertThat(client.ask("list")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "add-pid, not one of: add-pid PID",
    "add-pid 0, no pid",
    "add-pid -1, no pid",
    "add-pid 999999999, no process 999999999",
    "add-pid 99999999999999999999, no pid",
    "add-pid 1 2, not one of",
    "remove-pid x, no pid",
    "add-container ../../x, the id of a container",
    "add-container ABCDEF, the id of a container",
    "drop-everything 1, not one of",
    "list list, not one of",
    "'', not one of",
  })
  void whatIsWrongIsSaid(String line, String because) {
    assertThatThrownBy(() -> client.ask(line))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(because);
    assertThat(desk.get()).isEqualTo(Additions.NONE);
  }

  @Test
  void aThreadIsNoProcess() throws IOException {
    String thread;
    try (var threads = Files.list(Path.of("/proc/self/task"))) {
      thread =
          threads
              .map(each -> each.getFileName().toString())
              .filter(each -> !each.equals("" + SELF))
              .findFirst()
              .orElseThrow();
    }
    assertThatThrownBy(() -> client.ask("add-pid " + thread))
        .hasMessageContaining("is a thread of process " + SELF);
  }

  @Test
  void noMoreThanTheBoundAreAdded() {
    for (int i = 0; i < Additions.EACH_MAX; i++) {
      desk.answer("add-container %04x".formatted(i), "test");
    }
    assertThatThrownBy(() -> client.ask("add-container ffff"))
        .hasMessageContaining("there are 256 already");
  }

  @Test
  void garbageIsAnsweredWithAnError() throws IOException {
    byte[] garbage = new byte[ControlSocket.LINE_MAX];
    new Random(7).nextBytes(garbage);
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] = garbage[i] == '\n' ? 0 : garbage[i];
    }
    assertThat(exchange(garbage)).isEqualTo("error not one line of at most 256 bytes\n");
    garbage[20] = '\n';
    assertThat(exchange(garbage)).startsWith("error not one of: ");
    assertThat(desk.get()).isEqualTo(Additions.NONE);
    assertThat(client.ask("list")).isEmpty();
  }

  @Test
  void whoSaysNothingHoldsNobodyUpForLong() throws IOException {
    try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertThat(client.ask("list")).isEmpty();
      assertThat(rest(silent)).startsWith("error").hasLineCount(1);
    }
  }

  @Test
  void whoLeavesAtOnceHarmsNobody() throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
    assertThat(client.ask("list")).isEmpty();
  }

  @Test
  void nobodyElseMayAsk() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSecondAgentIsRefused() {
    assertThatThrownBy(() -> ControlSocket.open(path, desk))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("another agent listens there");
    assertThat(client.ask("list")).isEmpty();
  }

  @Test
  void whatAKilledAgentLeftIsReplaced() throws IOException {
    Path left = dir.resolve("left.sock");
    ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    killed.bind(UnixDomainSocketAddress.of(left)).close();
    try (ControlSocket _ = ControlSocket.open(left, desk)) {
      assertThat(new ControlClient(left).ask("list")).isEmpty();
    }
  }

  @Test
  void aFileOfSomebodyIsNotTouched() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "mine");
    assertThatThrownBy(() -> ControlSocket.open(file, desk)).isInstanceOf(Failure.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void aPathThatIsTooLongIsSaid() {
    assertThatThrownBy(() -> ControlSocket.open(dir.resolve("x".repeat(200)), desk))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("control.socket must name");
  }

  private String exchange(byte[] bytes) throws IOException {
    try (SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      agent.write(ByteBuffer.wrap(bytes));
      return rest(agent);
    }
  }

  private static String rest(SocketChannel agent) throws IOException {
    try (InputStream in = Channels.newInputStream(agent)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
