package io.tasktrail.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.FirstSeen;
import io.tasktrail.event.HostStatus;
import io.tasktrail.event.Lineage;
import io.tasktrail.event.LoadedModule;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskHistory;
import io.tasktrail.history.FoldLimits;
import io.tasktrail.streams.balance.FoldCounters;
import io.tasktrail.streams.balance.PrometheusCounters;
import io.tasktrail.streams.fleet.FleetCounters;
import io.tasktrail.wire.Topics;
import io.tasktrail.wire.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/// The topology with the role's own settings, on a registry in memory and without a broker: events
/// in, and out what it writes.
final class FoldedTopics implements AutoCloseable {

  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private final StreamsSettings settings;
  private final Serde<TaskEvent> events;
  private final TopologyTestDriver driver;

  /// @param name of the registry in memory; who shares it can decode
  FoldedTopics(String name, Path stateDir) {
    this(name, stateDir, Map.of());
  }

  /// @param more settings, over those of every test
  FoldedTopics(String name, Path stateDir, Map<String, String> more) {
    Map<String, String> given = new TreeMap<>();
    given.put("bootstrap.servers", "127.0.0.1:1");
    given.put("schema.registry.url", "mock://" + name);
    given.put("state.dir", stateDir.toString());
    // with transactions the driver forgets dead letters that are sent between two of them
    given.put("processing.guarantee", "at_least_once");
    given.putAll(more);
    settings = StreamsSettings.of(given);
    events = WireFormat.taskEvents(settings.registry());
    FoldCounters counters = new PrometheusCounters(metrics);
    Properties configuration = settings.streams();
    configuration.put(FoldCounters.CONFIG, counters);
    driver =
        new TopologyTestDriver(
            WholeTopology.of(settings, counters, new FleetCounters(metrics)), configuration);
  }

  FoldLimits limits() {
    return settings.foldLimits();
  }

  /// What became of all that was received.
  Figures figures() {
    return Figures.of(metrics);
  }

  void receive(TaskEvent event) {
    receive(event.header().host().toString(), bytes(event));
  }

  void receive(String key, byte[] value) {
    var input =
        driver.createInputTopic(
            Topics.TASK_EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(key == null ? null : key.getBytes(UTF_8), value);
  }

  /// Receives an event at a time of the broker's clock.
  void receive(TaskEvent event, Instant at) {
    var input =
        driver.createInputTopic(
            Topics.TASK_EVENTS, new StringSerializer(), new ByteArraySerializer());
    input.pipeInput(event.header().host().toString(), bytes(event), at);
  }

  /// A row that the topology did not write itself, or not this time.
  void receive(Lineage row) {
    byte[] value =
        WireFormat.lineages(settings.registry()).serializer().serialize(Topics.LINEAGES, row);
    receiveLineage(row.host() + "/" + row.fingerprint(), value);
  }

  void receiveLineage(String key, byte[] value) {
    var input =
        driver.createInputTopic(Topics.LINEAGES, new StringSerializer(), new ByteArraySerializer());
    input.pipeInput(key, value);
  }

  byte[] bytes(TaskEvent event) {
    return events.serializer().serialize(Topics.TASK_EVENTS, event);
  }

  /// What a value says, as one who only reads it understands it; null of null.
  TaskEvent event(byte[] value) {
    return events.deserializer().deserialize(Topics.TASK_EVENTS, value);
  }

  byte[] bytes(AuditEvent event) {
    return WireFormat.auditEvents(settings.registry())
        .serializer()
        .serialize(Topics.AUDIT_EVENTS, event);
  }

  /// The clock of the role goes on.
  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  /// Everything written since the last time.
  List<KeyValue<String, AuditEvent>> auditEvents() {
    return read(Topics.AUDIT_EVENTS, WireFormat.auditEvents(settings.registry()).deserializer());
  }

  List<KeyValue<String, byte[]>> auditEventBytes() {
    return read(Topics.AUDIT_EVENTS, new ByteArrayDeserializer());
  }

  List<KeyValue<String, TaskHistory>> taskHistories() {
    return read(Topics.TASK_HISTORY, WireFormat.taskHistories(settings.registry()).deserializer());
  }

  List<KeyValue<String, LoadedModule>> modules() {
    return read(Topics.MODULES, WireFormat.loadedModules(settings.registry()).deserializer());
  }

  List<KeyValue<String, FirstSeen>> firstSeen() {
    return read(Topics.FIRST_SEEN, WireFormat.firstSeen(settings.registry()).deserializer());
  }

  List<KeyValue<String, Lineage>> lineages() {
    return read(Topics.LINEAGES, WireFormat.lineages(settings.registry()).deserializer());
  }

  List<KeyValue<String, HostStatus>> hosts() {
    return read(Topics.HOSTS, WireFormat.hostStatuses(settings.registry()).deserializer());
  }

  List<TestRecord<byte[], byte[]>> deadLetters() {
    return driver
        .createOutputTopic(
            Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private <V> List<KeyValue<String, V>> read(String topic, Deserializer<V> values) {
    return driver.createOutputTopic(topic, new StringDeserializer(), values).readKeyValuesToList();
  }

  @Override
  public void close() {
    driver.close();
  }
}
