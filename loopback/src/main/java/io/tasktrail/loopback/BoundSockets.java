package io.tasktrail.loopback;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/// The broker's listening sockets, bound before Kafka is configured: a port that was found free
/// cannot be taken by another between looking and listening.
///
/// Owns each channel until Kafka asks for it.
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

  private static final int BACKLOG = 50;

  private final Map<String, ServerSocketChannel> byListener = new ConcurrentHashMap<>();

  /// @return the port that was bound
  /// @throws BindException says which port and which option, when it is taken
  int bind(String listener, LoopbackPort port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    byListener.put(listener, channel);
    try {
      channel.bind(port.address(), BACKLOG);
    } catch (BindException e) {
      throw port.taken(e);
    }
    return channel.socket().getLocalPort();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listener, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    ServerSocketChannel channel = byListener.remove(listener);
    if (channel == null) {
      throw new IOException("no socket was bound for Kafka listener " + listener);
    }
    channel.configureBlocking(false);
    return channel;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocketChannel channel : byListener.values()) {
      channel.close();
    }
    byListener.clear();
  }
}
