package io.tasktrail.sink.syslog;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.role.Failure;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.remote.Trust;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends events to servers of syslog, at least once.
public final class SyslogDestination implements Destination {

  private static final Logger LOG = LoggerFactory.getLogger(SyslogDestination.class);

  /// How long a server may take to refuse this sink after it let it in: by TLS 1.3 the client's
  /// certificate is looked at after the client is done.
  private static final Duration REFUSAL = Duration.ofMillis(250);

  private final SyslogPlan plan;
  private final Messages messages;
  private final Sent sent;
  private SSLContext context;
  private Connection connection;
  private int server;

  /// Whether a connection broke, or was refused, since the last sync.
  private boolean isBroken;

  /// @param format one of lines
  /// @throws Failure if it is one of groups of lines
  public SyslogDestination(SyslogPlan plan, Format format) {
    if (format.name().equals("audit")) {
      throw new Failure(
          "a message of syslog is one line, and events in audit are several",
          "sink.format",
          "set it to syslog, or to one that is carried in a message: cef, leef, ecs, …");
    }
    this.plan = plan;
    this.messages = new Messages(format, plan.messageBytesMax());
    this.sent = new Sent(plan.keptBytesMax());
  }

  @Override
  public String name() {
    return "syslog at " + plan.servers().get(server);
  }

  /// What was sent and not synced comes again: there is nothing that takes it back.
  @Override
  public Positions resume(Source source) throws IOException {
    disconnect();
    sent.forgetUnsynced();
    context = encryption();
    connect();
    try {
      connection.settle(REFUSAL);
    } catch (IOException refused) {
      throw broken(refused);
    }
    return Positions.NONE;
  }

  private SSLContext encryption() throws IOException {
    return plan.servers().stream().anyMatch(Server::isEncrypted)
        ? Trust.between(plan.authority(), plan.identity())
        : null;
  }

  /// To the server at hand, else to the next ones, each once.
  private void connect() throws IOException {
    List<String> refusals = new ArrayList<>();
    while (connection == null) {
      try {
        connection = Connection.to(plan.servers().get(server), context, plan.timeout());
      } catch (IOException refused) {
        refusals.add(refused.getMessage());
        broken(refused);
        if (refusals.size() == plan.servers().size()) {
          throw new IOException(String.join("; ", refusals), refused);
        }
      }
    }
    if (isBroken) {
      sendAgain();
    }
  }

  private void sendAgain() throws IOException {
    if (sent.size() > 0) {
      LOG.warn("{}: the last {} messages may not have been kept: sent again", name(), sent.size());
    }
    try {
      for (byte[] message : sent.again()) {
        connection.send(message);
      }
      connection.flush();
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  /// The next server is taken, and what was sent last is sent again.
  private IOException broken(IOException failed) {
    isBroken = true;
    disconnect();
    server = (server + 1) % plan.servers().size();
    return failed;
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    byte[] message;
    try {
      message = messages.of(event);
    } catch (TooLong refused) {
      refusal.because(refused);
      return;
    }
    if (connection == null) {
      connect();
    }
    try {
      connection.send(message);
    } catch (IOException failed) {
      throw broken(failed);
    }
    sent.add(message);
  }

  @Override
  public void sync(Positions positions) throws IOException {
    if (connection != null && connection.isUsed()) {
      try {
        handOver();
      } catch (IOException failed) {
        throw broken(failed);
      }
      isBroken = false;
    }
    sent.synced();
    watchOn();
  }

  /// While nothing is sent there is a connection all the same: by its end it is seen that a server
  /// ended, and may have lost what it read last.
  private void watchOn() {
    if (connection == null) {
      try {
        connect();
      } catch (IOException refused) {
        // everything written so far was read; the next write says what is wrong
      }
    }
  }

  private void handOver() throws IOException {
    if (plan.confirms()) {
      connection.finish();
      connection = null;
    } else {
      connection.flush();
    }
  }

  /// A connection that stays open is ended in order.
  @Override
  public void close() {
    if (connection != null && connection.isUsed()) {
      try {
        connection.finish();
      } catch (IOException unknown) {
        LOG.warn("what was sent last may not have been read: {}", unknown.getMessage());
      }
    }
    disconnect();
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
