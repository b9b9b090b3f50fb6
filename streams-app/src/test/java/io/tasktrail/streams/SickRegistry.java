package io.tasktrail.streams;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands where a registry was, and answers each question with 503.
final class SickRegistry implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger questions = new AtomicInteger();

  SickRegistry(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          questions.incrementAndGet();
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();
  }

  int questions() {
    return questions.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
