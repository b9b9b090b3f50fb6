package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// One connection to a server, until either side ends it. A thread reads it all the time: nothing
/// comes but its end.
///
/// Whatever the server is waited for is bounded; at the bound the connection is cut.
final class Connection implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 << 10;

  /// How long the reason is waited for when a write was refused: it may come right after that.
  private static final Duration REASON = Duration.ofMillis(200);

  private static final String CERTIFICATES =
      ": check sink.syslog.ca, sink.syslog.certificate, and the names in the server's certificate";

  private final Server server;
  private final Duration timeout;
  private final Socket wire;

  /// Empty when the server ended in order, else why it did not.
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  private Socket socket;
  private OutputStream out;
  private boolean isShakingHands;
  private volatile boolean isLate;
  private boolean isUsed;

  private interface Waiting {
    void await() throws IOException;
  }

  private Connection(Server server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
    this.wire = new Socket();
    this.socket = wire;
  }

  /// @param context for TLS
  /// @throws IOException if there is none: says of which server, and why
  static Connection to(Server server, SSLContext context, Duration timeout) throws IOException {
    Connection connection = new Connection(server, timeout);
    try {
      connection.bounded(() -> connection.open(context));
      return connection;
    } catch (IOException refused) {
      connection.close();
      throw new IOException(server + ": no connection: " + connection.reason(refused), refused);
    }
  }

  private void open(SSLContext context) throws IOException {
    wire.connect(
        new InetSocketAddress(server.host(), server.port()), Math.toIntExact(timeout.toMillis()));
    wire.setKeepAlive(true);
    wire.setTcpNoDelay(true);
    if (server.isEncrypted()) {
      socket = encrypted(context);
    }
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
    InputStream in = socket.getInputStream();
    Thread.ofVirtual().name("syslog " + server).start(() -> watch(in));
  }

  private Socket encrypted(SSLContext context) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            context.getSocketFactory().createSocket(wire, server.host(), server.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    isShakingHands = true;
    encrypted.startHandshake();
    isShakingHands = false;
    return encrypted;
  }

  private void watch(InputStream in) {
    byte[] ignored = new byte[1024];
    try {
      while (in.read(ignored) >= 0) {
        // no server of syslog answers
      }
      ended.complete("");
    } catch (IOException broken) {
      ended.complete(reason(broken));
    }
  }

  /// Whether anything was sent.
  boolean isUsed() {
    return isUsed;
  }

  /// Hands over a message, with the count of its octets before it.
  ///
  /// @throws IOException if the server has ended the connection, or takes nothing
  void send(byte[] message) throws IOException {
    requireOpen();
    isUsed = true;
    bounded(
        () -> {
          out.write((message.length + " ").getBytes(US_ASCII));
          out.write(message);
        });
  }

  void flush() throws IOException {
    requireOpen();
    bounded(out::flush);
  }

  /// Gives a server that refuses this sink the time to say so.
  void settle(Duration patience) throws IOException {
    try {
      ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillThere) {
      return;
    } catch (ExecutionException | InterruptedException stopped) {
      throw interrupted(stopped);
    }
    try {
      requireOpen();
    } catch (IOException refused) {
      throw server.isEncrypted() && !refused.getMessage().endsWith(CERTIFICATES)
          ? new IOException(refused.getMessage() + CERTIFICATES, refused)
          : refused;
    }
  }

  /// Ends this side, and waits until the server has read everything and ended the other.
  ///
  /// @throws IOException if it has not
  void finish() throws IOException {
    flush();
    requireOpen();
    bounded(socket::shutdownOutput);
    try {
      String why = ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!why.isEmpty()) {
        throw new IOException(server + " broke the connection: " + why);
      }
    } catch (TimeoutException silent) {
      throw new IOException(
          "%s does not end its side within %d ms: if it never does, set sink.syslog.confirm=false"
              .formatted(server, timeout.toMillis()),
          silent);
    } catch (ExecutionException | InterruptedException stopped) {
      throw interrupted(stopped);
    } finally {
      close();
    }
  }

  private void requireOpen() throws IOException {
    String why = ended.getNow(null);
    if (why != null) {
      throw new IOException(server + " ended the connection" + (why.isEmpty() ? "" : ": " + why));
    }
  }

  /// A thread of its own cuts the connection at the bound: a write has none.
  private void bounded(Waiting waiting) throws IOException {
    Thread alarm = Thread.ofVirtual().start(this::cutLater);
    try {
      waiting.await();
    } catch (IOException failed) {
      if (out == null) {
        throw failed;
      }
      throw new IOException(server + " takes nothing: " + reasonSoon(failed), failed);
    } finally {
      alarm.interrupt();
    }
  }

  private void cutLater() {
    try {
      Thread.sleep(timeout);
      isLate = true;
      wire.close();
    } catch (InterruptedException | IOException done) {
      // it was not needed, or is cut already
    }
  }

  private String reasonSoon(IOException failed) {
    try {
      String why = ended.get(REASON.toMillis(), TimeUnit.MILLISECONDS);
      return why.isEmpty() ? reason(failed) : why;
    } catch (TimeoutException | ExecutionException unknown) {
      return reason(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return reason(failed);
    }
  }

  private String reason(IOException failed) {
    if (isLate) {
      return "for " + timeout.toMillis() + " ms";
    }
    return switch (failed) {
      case UnknownHostException _ -> "no such host";
      case SSLException _ -> failed.getMessage() + CERTIFICATES;
      case IOException _ when isShakingHands -> failed.getMessage() + CERTIFICATES;
      default -> failed.getMessage() == null ? failed.toString() : failed.getMessage();
    };
  }

  private IOException interrupted(Exception stopped) {
    Thread.currentThread().interrupt();
    return new IOException(server + ": interrupted", stopped);
  }

  /// At once: what is on its way may not arrive.
  @Override
  public void close() {
    try {
      wire.close();
    } catch (IOException closedAlready) {
      // that is all that was wanted
    }
  }
}
