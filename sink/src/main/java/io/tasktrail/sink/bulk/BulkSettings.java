package io.tasktrail.sink.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.formats.Format;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Parser;
import io.tasktrail.role.Setting;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.remote.Nodes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The settings of this room.
public final class BulkSettings {

  /// Where the store is.
  static final Setting<String> URL =
      Setting.of(
          "sink.bulk.url",
          "http://localhost:9200",
          "The nodes of Elasticsearch or OpenSearch, several addresses joined by commas.",
          "The next one is taken when one does not answer.",
          Parser.httpAddresses());

  /// Into which indices.
  static final Setting<String> INDEX =
      Setting.of(
          "sink.bulk.index",
          "tasktrail-events",
          "How the names of indices begin; behind it stands the day of the event, as in"
              + " tasktrail-events-2026.11.20.",
          "By the day of the event, not of its arrival: what comes again finds its own document."
              + " With sink.bulk.stream=true it is the name of the data stream.",
          Parser.matching("[a-z0-9][a-z0-9._-]{0,99}", "a name in lower case"));

  /// Whether that is a data stream.
  static final Setting<Boolean> STREAM =
      Setting.of(
          "sink.bulk.stream",
          "false",
          "Whether sink.bulk.index is a data stream, which the store rolls over and deletes by its"
              + " own rules.",
          "A correction is then a document beside what it corrects, and what comes again after a"
              + " roll-over is there twice: docs/sink.md.",
          Parser.bool());

  /// Who asks.
  static final Setting<Optional<String>> USER_INFO =
      Setting.of(
          "sink.bulk.user.info",
          "",
          "USER:PASSWORD for the store.",
          "Give this or sink.bulk.api.key, or neither to a store that asks for none.",
          Parser.optional(Parser.text()));

  /// Who asks, in another way.
  static final Setting<Optional<String>> API_KEY =
      Setting.of(
          "sink.bulk.api.key",
          "",
          "An API key for the store, encoded as the store gives it.",
          "It needs the right to create indices and to index documents.",
          Parser.optional(Parser.text()));

  /// Whom to trust.
  static final Setting<Optional<Path>> CA =
      Setting.of(
          "sink.bulk.ca",
          "",
          "A file of the certificates that the store's is signed by, PEM.",
          "Empty: those that Java trusts.",
          Parser.optional(Parser.path()));

  /// Whether to put the template there.
  static final Setting<Boolean> TEMPLATE =
      Setting.of(
          "sink.bulk.template",
          "false",
          "Whether the sink puts a template for its indices into the store when it starts.",
          "Without one, texts are indexed twice and long command lines are cut for searches.",
          Parser.bool());

  /// How many documents at once.
  static final Setting<Integer> DOCUMENTS =
      Setting.of(
          "sink.bulk.documents",
          "2000",
          "How many documents a request has at most.",
          "More means fewer requests, and more memory on both sides.",
          Parser.integer(1, 100_000));

  /// How much at once.
  static final Setting<Long> BYTES =
      Setting.of(
          "sink.bulk.bytes",
          "5m",
          "How long a request is at most, before it is compressed; a longer document goes alone.",
          "A store that takes no more is sent less by itself.",
          Parser.bytes(1 << 10, 1 << 28));

  /// How many requests at once.
  static final Setting<Integer> REQUESTS =
      Setting.of(
          "sink.bulk.requests",
          "4",
          "How many requests are on their way at once at most.",
          "There are as many as the store answers quickly; the sink holds one more than that, so"
              + " (sink.bulk.requests + 1) * sink.bulk.bytes of documents in memory.",
          Parser.integer(1, 64));

  /// How long a request may take.
  static final Setting<Duration> TIMEOUT =
      Setting.of(
          "sink.bulk.timeout",
          "60s",
          "How long a request may take.",
          "After it the request is sent again, to the next node.",
          Parser.duration(Duration.ofSeconds(1), Duration.ofMinutes(4)));

  /// How long a busy store is asked.
  static final Setting<Duration> BUSY =
      Setting.of(
          "sink.bulk.busy",
          "30s",
          "How long a store that says that it is busy is asked again at once.",
          "Then the sink repeats from its last sync, with the pauses of sink.retry.most.",
          Parser.duration(Duration.ofSeconds(1), Duration.ofMinutes(4)));

  /// All of them.
  public static final List<Setting<?>> ALL =
      List.of(
          URL, INDEX, STREAM, USER_INFO, API_KEY, CA, TEMPLATE, DOCUMENTS, BYTES, REQUESTS, TIMEOUT,
          BUSY);

  private static final List<String> TIMESTAMPED = List.of("ecs", "ecs-ancestry");

  private BulkSettings() {}

  /// The destination that they describe.
  ///
  /// @param format one of JSON objects
  /// @throws Failure if there are two kinds of credentials, or a data stream of documents without
  ///     `@timestamp`
  public static BulkDestination destination(Settings settings, Format format) {
    if (settings.get(STREAM) && !TIMESTAMPED.contains(format.name())) {
      throw new Failure(
          "documents of a data stream have @timestamp, and those of "
              + format.name()
              + " have none",
          STREAM.key(),
          "set it to false, or sink.format to one of " + String.join(", ", TIMESTAMPED));
    }
    return new BulkDestination(plan(settings), format);
  }

  private static BulkPlan plan(Settings settings) {
    return new BulkPlan(
        Nodes.addresses(settings.get(URL)),
        settings.get(STREAM)
            ? new Target.Stream(settings.get(INDEX))
            : new Target.Days(settings.get(INDEX)),
        authorization(settings.get(USER_INFO), settings.get(API_KEY)),
        settings.get(CA),
        settings.get(TEMPLATE),
        new Throttle.Most(
            settings.get(REQUESTS), settings.get(DOCUMENTS), Math.toIntExact(settings.get(BYTES))),
        settings.get(TIMEOUT),
        settings.get(BUSY));
  }

  private static Optional<String> authorization(Optional<String> user, Optional<String> apiKey) {
    if (user.isPresent() && apiKey.isPresent()) {
      throw new Failure(
          "two kinds of credentials",
          USER_INFO.key() + " and " + API_KEY.key(),
          "give one of them");
    }
    return apiKey
        .map(key -> "ApiKey " + key)
        .or(
            () ->
                user.map(it -> "Basic " + Base64.getEncoder().encodeToString(it.getBytes(UTF_8))));
  }
}
