package io.tasktrail.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The socket at which a running agent is asked, by root and by its own user alone. In a thread of
/// its own; one connection at a time, each at most [#PATIENCE] long.
public final class ControlSocket implements AutoCloseable {

  /// Bound of a line.
  static final int LINE_MAX = 256;

  /// Bound of a connection.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /// After a connection that failed: there may be too many open files, say.
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
  private static final ProtocolFamily UNIX = StandardProtocolFamily.UNIX;

  /// Connections that may wait for their turn: the kernel refuses more.
  private static final int WAITING_MAX = 8;

  private final Path path;
  private final Desk desk;
  private final ServerSocketChannel server;
  private final UserPrincipal owner;
  private final Thread thread = Thread.ofPlatform().name("control").daemon().unstarted(this::serve);

  private ControlSocket(Path path, Desk desk, ServerSocketChannel server, UserPrincipal owner) {
    this.path = path;
    this.desk = desk;
    this.server = server;
    this.owner = owner;
  }

  /// Begins to listen.
  ///
  /// @throws Failure if it can't: another agent does, or the folder is not there
  public static ControlSocket open(Path path, Desk desk) {
    try {
      makeWay(path);
      ServerSocketChannel server = ServerSocketChannel.open(UNIX);
      server.bind(UnixDomainSocketAddress.of(path), WAITING_MAX);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      ControlSocket socket = new ControlSocket(path, desk, server, Files.getOwner(path));
      socket.thread.start();
      return socket;
    } catch (IOException | IllegalArgumentException cause) {
      throw new Failure(
          "can't listen to users (" + cause.getMessage() + ")",
          path.toString(),
          "control.socket must name a file that the agent may make in a folder that is there; empty:"
              + " none",
          cause);
    }
  }

  /// A socket that a killed agent left is taken away; nothing else is.
  private static void makeWay(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new IOException("another agent listens there");
    } catch (ConnectException nobodyListens) {
      if (Files.isRegularFile(path) || Files.isDirectory(path)) {
        throw new IOException("there is something else than a socket", nobodyListens);
      }
      Files.delete(path);
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel peer = server.accept()) {
        serve(peer);
      } catch (IOException | RuntimeException failed) {
        if (server.isOpen()) {
          LOG.debug("control: {}", failed.toString());
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private void serve(SocketChannel peer) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    UnixDomainPrincipal who = peer.getOption(ExtendedSocketOptions.SO_PEERCRED);
    peer.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      SelectionKey key = peer.register(selector, SelectionKey.OP_READ);
      List<String> answer =
          isAllowed(who.user())
              ? line(peer, selector, end)
                  .map(line -> desk.answer(line, who.user().getName()))
                  .orElse(List.of("error not one line of at most " + LINE_MAX + " bytes"))
              : List.of("error only root and " + owner.getName() + " may ask");
      key.interestOps(SelectionKey.OP_WRITE);
      send(String.join("\n", answer) + "\n", peer, selector, end);
    }
  }

  private boolean isAllowed(UserPrincipal user) {
    return user.equals(owner) || user.getName().equals("root");
  }

  /// Empty where there is none.
  private static Optional<String> line(SocketChannel peer, Selector selector, long end)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LINE_MAX);
    while (bytes.hasRemaining() && isReady(selector, end)) {
      if (peer.read(bytes) < 0) {
        return Optional.empty();
      }
      String text = new String(bytes.array(), 0, bytes.position(), UTF_8);
      if (text.indexOf('\n') >= 0) {
        return Optional.of(text.substring(0, text.indexOf('\n')));
      }
    }
    return Optional.empty();
  }

  private static void send(String text, SocketChannel peer, Selector selector, long end)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    do {
      peer.write(bytes);
    } while (bytes.hasRemaining() && isReady(selector, end));
  }

  private static boolean isReady(Selector selector, long end) throws IOException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    selector.selectedKeys().clear();
    return millis > 0 && selector.select(millis) > 0;
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
      thread.join(PATIENCE);
    } catch (IOException left) {
      LOG.warn("{} is left there: {}", path, left.getMessage());
    } catch (InterruptedException enough) {
      Thread.currentThread().interrupt();
    }
  }
}
