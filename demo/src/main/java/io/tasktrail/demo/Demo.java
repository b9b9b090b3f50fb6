package io.tasktrail.demo;

import io.tasktrail.role.Settings;
import io.tasktrail.role.Shutdown;
import io.tasktrail.sink.SinkRole;
import io.tasktrail.sink.SinkSettings;
import io.tasktrail.streams.StreamsRole;
import io.tasktrail.streams.StreamsSettings;
import io.tasktrail.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The roles behind the broker, running: topology, sinks, recorder. What comes before the broker is
/// a [Source].
final class Demo {

  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final String STREAMS = "tasktrail-demo-streams";
  private static final String CONSOLE = "tasktrail-demo-console";

  private final OutFolder out;
  private final Backbone backbone;
  private final Shutdown shutdown;
  private final List<String> readers = new ArrayList<>();

  private Demo(OutFolder out, Backbone backbone, Shutdown shutdown) {
    this.out = out;
    this.backbone = backbone;
    this.shutdown = shutdown;
  }

  /// @param formats in which to keep the events, besides ECS
  static Demo start(OutFolder out, Backbone backbone, List<String> formats, Shutdown shutdown)
      throws Exception {
    Demo demo = new Demo(out, backbone, shutdown);
    demo.startStreams();
    demo.startFile("ecs", "audit-events.ecs.jsonl");
    for (String format : formats) {
      demo.startFile(format, "audit-events." + format + ".log");
    }
    demo.startSink(CONSOLE, Map.of("sink.destination", "console", "sink.format", "tasktracker"));
    return demo;
  }

  private void startStreams() throws Exception {
    Map<String, String> settings = new TreeMap<>(backbone.addresses());
    settings.put("application.id", STREAMS);
    settings.put("state.dir", out.scratch("streams").toString());
    settings.put("topics.partitions", "1");
    settings.put("replication.factor", "1");
    settings.put("http.listen", "off");
    new StreamsRole(StreamsSettings.of(settings), shutdown).start();
  }

  private void startFile(String format, String name) {
    startSink(
        "tasktrail-demo-" + format,
        Map.of(
            "sink.destination",
            "file",
            "sink.format",
            format,
            "sink.file.path",
            out.file(name).toString()));
  }

  private void startSink(String group, Map<String, String> own) {
    Map<String, String> settings = new TreeMap<>(backbone.addresses());
    settings.put("group.id", group);
    settings.put("http.listen", "off");
    settings.put("sink.sync.interval", "50ms");
    settings.putAll(own);
    shutdown.closing(
        SinkRole.start(Settings.of(SinkSettings.DECLARED, settings), shutdown::failed));
    readers.add(group);
  }

  /// Captures this machine until the time is over, counted from the arming, or until asked to end.
  void live(Armer armer, long ringBytes, Filtering filtering, Optional<Duration> limit)
      throws Exception {
    shutdown.closing(Recorder.start(backbone, out.file("capture.avro"), shutdown));
    long before = System.nanoTime();
    LiveCapture capture =
        shutdown.closing(LiveCapture.start(armer, ringBytes, filtering, backbone, shutdown));
    tellWhere();
    if (limit.isPresent()) {
      shutdown.await(limit.get().minusNanos(System.nanoTime() - before));
    } else {
      shutdown.await();
    }
    drain(capture, List.of(Recorder.GROUP));
  }

  /// Replays capture files, and ends.
  void replay(List<Path> files) throws Exception {
    Recordings recordings = shutdown.closing(Recordings.of(files, backbone));
    tellWhere();
    drain(recordings, List.of());
  }

  private void tellWhere() {
    List<String> addresses =
        new TreeMap<>(backbone.addresses())
            .entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
    out.publish("demo.properties", addresses);
    LOG.info("running: {}, output in {}", String.join(", ", addresses), out.file(""));
  }

  /// Follows the way of an event: when a stage is done, what it made is all that the next one has
  /// to do.
  private void drain(Source source, List<String> recorders) throws Exception {
    source.finish();
    try (Backlog backlog = new Backlog(backbone)) {
      for (String recorder : recorders) {
        backlog.awaitNone(Topics.TASK_EVENTS, recorder);
      }
      backlog.awaitNone(Topics.TASK_EVENTS, STREAMS);
      for (String reader : readers) {
        backlog.awaitNone(Topics.AUDIT_EVENTS, reader);
      }
    }
    LOG.info("drained: everything captured is in {}", out.file(""));
  }
}
