package io.tasktrail.sink.splunk;

import io.tasktrail.formats.splunk.SplunkFormat;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.remote.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings of this room.
public final class HecSettings {

  /// Where the collector is.
  static final Setting<String> URL =
      Setting.of(
          "sink.splunk.url",
          "https://localhost:8088",
          "The nodes of Splunk's HTTP event collector, several addresses joined by commas.",
          "The next one is taken when one does not answer. What stands before a cluster must keep"
              + " a connection to one node, or nothing is acknowledged.",
          Parser.httpAddresses());

  /// Who asks.
  static final Setting<Optional<String>> TOKEN =
      Setting.of(
          "sink.splunk.token",
          "",
          "The token of the event collector.",
          "It must be given when sink.destination is splunk.",
          Parser.optional(Parser.text()));

  /// Whom to trust.
  static final Setting<Optional<Path>> CA =
      Setting.of(
          "sink.splunk.ca",
          "",
          "A file of the certificates that the collector's is signed by, PEM.",
          "Empty: those that Java trusts.",
          Parser.optional(Parser.path()));

  /// When an event counts.
  static final Setting<Boolean> ACKS =
      Setting.of(
          "sink.splunk.acks",
          "true",
          "Whether an event counts as delivered only when Splunk says that it is indexed.",
          "The token must acknowledge (useACK). Without it, what a node of Splunk has in memory is"
              + " lost when that node is killed.",
          Parser.bool());

  /// Into which index.
  static final Setting<Optional<String>> INDEX =
      Setting.of(
          "sink.splunk.index",
          "",
          "The index of the events.",
          "Empty: the token's own. The token must be allowed to write there.",
          Parser.optional(Parser.matching("[a-z0-9_][a-z0-9_-]*", "a name in lower case")));

  /// What they are from.
  static final Setting<String> SOURCE =
      Setting.of(
          "sink.splunk.source",
          SplunkFormat.USUAL.source(),
          "The source of the events.",
          "Searches find them by it.",
          Parser.text());

  /// What they are.
  static final Setting<String> SOURCETYPE =
      Setting.of(
          "sink.splunk.sourcetype",
          SplunkFormat.USUAL.sourcetype(),
          "The source type of the events.",
          "Splunk has its rules of reading, and its data models, by it.",
          Parser.text());

  /// How many requests at once.
  static final Setting<Integer> REQUESTS =
      Setting.of(
          "sink.splunk.requests",
          "64",
          "How many requests may wait for acknowledgement at a time.",
          "Splunk acknowledges after seconds: more means more events in the meantime, and more to"
              + " send again when Splunk is killed.",
          Parser.integer(1, 10_000));

  /// How many events at once.
  static final Setting<Integer> DOCUMENTS =
      Setting.of(
          "sink.splunk.documents",
          "1000",
          "How many events a request has at most.",
          "More means fewer requests, and more memory on both sides.",
          Parser.integer(1, 100_000));

  /// How much at once.
  static final Setting<Long> BYTES =
      Setting.of(
          "sink.splunk.bytes",
          "800k",
          "How long a request is at most, before it is compressed; a longer event goes alone.",
          "A collector that takes no more is sent less by itself.",
          Parser.bytes(1 << 10, 1 << 28));

  /// How long a request may take.
  static final Setting<Duration> TIMEOUT =
      Setting.of(
          "sink.splunk.timeout",
          "60s",
          "How long a request may take.",
          "After it the request is sent again, to the next node.",
          Parser.duration(Duration.ofSeconds(1), Duration.ofMinutes(4)));

  /// How long an acknowledgement may take.
  static final Setting<Duration> ACK_TIMEOUT =
      Setting.of(
          "sink.splunk.ack.timeout",
          "2m",
          "How long Splunk may take to acknowledge a request.",
          "After it the request is sent again: what Splunk indexes later than that is there twice,"
              + " with the same id.",
          Parser.duration(Duration.ofSeconds(1), Duration.ofMinutes(4)));

  /// How long a busy collector is asked.
  static final Setting<Duration> BUSY =
      Setting.of(
          "sink.splunk.busy",
          "30s",
          "How long a collector that says that it is busy is asked again at once.",
          "Then the sink repeats from its last sync, with the pauses of sink.retry.most.",
          Parser.duration(Duration.ofSeconds(1), Duration.ofMinutes(4)));

  /// All of them.
  public static final List<Setting<?>> ALL =
      List.of(
          URL,
          TOKEN,
          CA,
          ACKS,
          INDEX,
          SOURCE,
          SOURCETYPE,
          REQUESTS,
          DOCUMENTS,
          BYTES,
          TIMEOUT,
          ACK_TIMEOUT,
          BUSY);

  private HecSettings() {}

  /// The destination that they describe.
  ///
  /// @throws Failure if there is no token
  public static HecDestination destination(Settings settings) {
    SplunkFormat format =
        new SplunkFormat(settings.get(INDEX), settings.get(SOURCE), settings.get(SOURCETYPE));
    return new HecDestination(plan(settings), format::format);
  }

  private static HecPlan plan(Settings settings) {
    return new HecPlan(
        Nodes.addresses(settings.get(URL)),
        settings
            .get(TOKEN)
            .orElseThrow(
                () ->
                    new Failure(
                        "the event collector asks for a token",
                        TOKEN.key(),
                        "write it into the file of --config")),
        settings.get(CA),
        settings.get(ACKS),
        settings.get(REQUESTS),
        settings.get(DOCUMENTS),
        Math.toIntExact(settings.get(BYTES)),
        settings.get(TIMEOUT),
        settings.get(ACK_TIMEOUT),
        settings.get(BUSY));
  }
}
