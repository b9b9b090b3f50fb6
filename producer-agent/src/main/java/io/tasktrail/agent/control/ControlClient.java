package io.tasktrail.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.role.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/// Asks a running agent.
public record ControlClient(Path socket) {

  /// What it answers after `ok`, a line each.
  ///
  /// @throws Failure if it can't be asked, or refuses
  public List<String> ask(String line) {
    List<String> answer = exchange(line);
    String first = answer.isEmpty() ? "error no answer" : answer.getFirst();
    if (!first.startsWith("ok")) {
      throw new Failure(
          "the agent refuses: " + first.replaceFirst("error ", ""),
          line,
          "tasktrail agent ctl --help says what can be asked");
    }
    String rest = first.substring(2).strip();
    return rest.isEmpty() ? answer.subList(1, answer.size()) : List.of(rest);
  }

  private List<String> exchange(String line) {
    try (SocketChannel agent = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        agent.write(bytes);
      }
      return new BufferedReader(new InputStreamReader(Channels.newInputStream(agent), UTF_8))
          .lines()
          .toList();
    } catch (IOException cause) {
      throw new Failure(
          "can't ask the agent (" + cause.getMessage() + ")",
          socket.toString(),
          "is it running with control.socket set to this file, and are you root or its user?",
          cause);
    }
  }
}
