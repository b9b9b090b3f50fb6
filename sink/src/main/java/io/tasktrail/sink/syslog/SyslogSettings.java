package io.tasktrail.sink.syslog;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.remote.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The settings of this room.
public final class SyslogSettings {

  /// Where servers are.
  static final Setting<List<Server>> SERVERS =
      Setting.of(
          "sink.syslog.servers",
          "tcp://localhost:601",
          "The servers, several addresses joined by commas; tls is RFC 5425, its port is 6514.",
          "The sink keeps to one until that fails, then the next one is taken.",
          new Parser<>(
              "tcp:// or tls:// addresses with ports, such as tls://log-1:6514",
              SyslogSettings::servers));

  /// Whom to trust.
  static final Setting<Optional<Path>> CA =
      Setting.of(
          "sink.syslog.ca",
          "",
          "A file of the certificates that the servers' are signed by, PEM.",
          "Empty: those that Java trusts. A server's certificate must name the host of its"
              + " address.",
          Parser.optional(Parser.path()));

  /// Who this sink is.
  static final Setting<Optional<Path>> CERTIFICATE =
      Setting.of(
          "sink.syslog.certificate",
          "",
          "A file with the certificate of this sink, PEM, for servers that ask for one.",
          "Needs sink.syslog.key.file. Files are read anew for each attempt: a mended one is taken"
              + " without a restart.",
          Parser.optional(Parser.path()));

  /// Its key.
  static final Setting<Optional<Path>> KEY =
      Setting.of(
          "sink.syslog.key.file",
          "",
          "A file with the private key of that certificate, PEM (PKCS #8, not encrypted).",
          "Others must not be able to read it: chmod 600.",
          Parser.optional(Parser.path()));

  /// Whether it is waited for a server.
  static final Setting<Boolean> CONFIRM =
      Setting.of(
          "sink.syslog.confirm",
          "true",
          "Whether each sync ends the connection and waits until the server has ended it too, which"
              + " it does when it has read everything.",
          "false keeps one connection, for servers that do not end it: then a server and a sink"
              + " that fail together lose what was on its way.",
          Parser.bool());

  /// How long a message is.
  static final Setting<Long> MESSAGE_BYTES =
      Setting.of(
          "sink.syslog.message.bytes",
          "8000",
          "How long a message is at most.",
          "Of a longer one in the format syslog values are cut, and its parameter shortened says"
              + " so; one in another format goes to the dead letters. Raise it after the servers:"
              + " rsyslog takes 8096 bytes (maxMessageSize), syslog-ng 65536 (log-msg-size), and"
              + " what is longer is lost there.",
          Parser.bytes(2 << 10, 1 << 24));

  /// How much is kept.
  static final Setting<Long> KEPT_BYTES =
      Setting.of(
          "sink.syslog.kept.bytes",
          "8m",
          "How much of what was sent last is kept in memory, and sent again after a connection that"
              + " broke or was refused.",
          "More covers a server that loses more of what it has read; all of it may come twice, each"
              + " with its id.",
          Parser.bytes(0, 1 << 28));

  /// How long a server is waited for.
  static final Setting<Duration> TIMEOUT =
      Setting.of(
          "sink.syslog.timeout",
          "10s",
          "How long a server may take to accept a connection, to take bytes, or to end.",
          "After it the sink repeats from its last sync, at the next server.",
          Parser.duration(Duration.ofMillis(100), Duration.ofMinutes(4)));

  /// All of them.
  public static final List<Setting<?>> ALL =
      List.of(SERVERS, CA, CERTIFICATE, KEY, CONFIRM, MESSAGE_BYTES, KEPT_BYTES, TIMEOUT);

  private SyslogSettings() {}

  /// What they say.
  ///
  /// @throws Failure if there is a certificate without a key, or the other way round
  public static SyslogPlan plan(Settings settings) {
    return new SyslogPlan(
        settings.get(SERVERS),
        settings.get(CA),
        identity(settings.get(CERTIFICATE), settings.get(KEY)),
        settings.get(CONFIRM),
        Math.toIntExact(settings.get(MESSAGE_BYTES)),
        settings.get(KEPT_BYTES),
        settings.get(TIMEOUT));
  }

  private static List<Server> servers(String addresses) {
    return Arrays.stream(addresses.split(",", -1)).map(String::strip).map(Server::of).toList();
  }

  private static Optional<Identity> identity(Optional<Path> certificate, Optional<Path> key) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new Failure(
          "a certificate and its key belong together",
          CERTIFICATE.key() + " and " + KEY.key(),
          "give both, or neither");
    }
    return certificate.map(file -> new Identity(file, key.orElseThrow()));
  }
}
