package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A server of syslog over TCP, by RFC 6587's octet counting, that fails on demand. Real ones are
/// in `SyslogServerContract`.
final class StubSyslog implements AutoCloseable {

  /// What came whole.
  final List<String> messages = new CopyOnWriteArrayList<>();

  /// Whether the connection of the next message is reset behind it, once.
  volatile boolean resets;

  /// Whether connections are ended before anything is read, as by one who does not like the client.
  volatile boolean refuses;

  /// Whether the end of a connection is answered.
  volatile boolean ends = true;

  /// Whether anything is read.
  volatile boolean reads = true;

  /// How many connections there were.
  final AtomicInteger connections = new AtomicInteger();

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket listening;
  private final Thread accepting;

  StubSyslog() throws IOException {
    this(0);
  }

  /// @param port 0: any
  StubSyslog(int port) throws IOException {
    listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.setReceiveBufferSize(4096);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accepting = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  Server server() {
    return new Server(false, "127.0.0.1", port());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException stopped) {
      // so it was meant
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (!refuses) {
        if (!reads) {
          closed.await();
        }
        read(socket);
        if (!ends) {
          closed.await();
        }
      }
    } catch (IOException | InterruptedException gone) {
      // whoever sent it notices
    } finally {
      open.remove(socket);
    }
  }

  private void read(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    for (String message = message(in); message != null; message = message(in)) {
      messages.add(message);
      if (resets) {
        resets = false;
        socket.setSoLinger(true, 0);
        return;
      }
    }
  }

  /// `MSG-LEN SP SYSLOG-MSG`; null at the end.
  ///
  /// @throws IOException if it is anything else
  static String message(InputStream in) throws IOException {
    StringBuilder count = new StringBuilder();
    for (int octet = in.read(); octet != ' '; octet = in.read()) {
      if (octet < 0 && count.isEmpty()) {
        return null;
      }
      if (octet < '0' || octet > '9' || count.length() == 9) {
        throw new IOException("no count of octets: " + count + (char) octet);
      }
      count.append((char) octet);
    }
    int length = Integer.parseInt(count.toString());
    byte[] message = in.readNBytes(length);
    if (message.length < length) {
      throw new EOFException("%d of %d octets".formatted(message.length, length));
    }
    return new String(message, UTF_8);
  }

  /// What a message carries behind its structured data.
  static String content(String message) {
    return message.substring(message.indexOf("] ") + 2);
  }

  /// The contents of all messages.
  List<String> contents() {
    return messages.stream().map(StubSyslog::content).toList();
  }

  /// Ends every connection, in order.
  void endConnections() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  /// From when this returns connections are refused; those that there are go on.
  void stopAccepting() throws IOException {
    listening.close();
    try {
      accepting.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends; when this returns, connections are refused.
  @Override
  public void close() throws IOException {
    closed.countDown();
    stopAccepting();
    endConnections();
  }
}
