package io.tasktrail.agent.health;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tasktrail.agent.filter.Filter;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.event.Fact.LostOfKind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The metrics of one scrape, all of one post: so they balance.
final class AgentMetrics implements MultiCollector {

  private static final double NANOS = 1e9;

  private final Board board;

  AgentMetrics(Board board) {
    this.board = board;
  }

  @Override
  public MetricSnapshots collect() {
    Scrape scrape = new Scrape();
    board.newest().ifPresent(post -> tell(post, scrape));
    OwnProcess.cpuSeconds()
        .ifPresent(
            seconds ->
                scrape.counter("process_cpu_seconds", "Processor time of the agent.", seconds));
    OwnProcess.anonymousBytes()
        .ifPresent(
            bytes ->
                scrape.gauge(
                    "tasktrail_agent_anonymous_bytes",
                    "Memory of the agent that is its own (RssAnon).",
                    bytes));
    return scrape.all();
  }

  private void tell(Board.Post post, Scrape scrape) {
    Sighting seen = post.sighting();
    tell(seen.balance(), scrape);
    seen.ring().ifPresent(ring -> tell(ring, scrape));
    seen.audit().ifPresent(audit -> tell(audit, scrape));
    seen.connector().ifPresent(connector -> tell(connector, scrape));
    seen.spool().ifPresent(spool -> tell(spool, scrape));
    troubles(seen, scrape);
    scrape.counter(
        "tasktrail_snapshots", "Snapshots of what is alive, begun after losses.", seen.snapshots());
    scrape.counters(
        "tasktrail_masked_events",
        "Events in which a rule masked something; one of several rules counts for each.",
        "rule",
        seen.masked());
    tell(seen.filtered(), scrape);
    scrape.gauge(
        "tasktrail_acknowledged_age_seconds",
        "Since an event was acknowledged last, or since the start.",
        board.since(post.acknowledgedNanos()).toNanos() / NANOS);
    scrape.gauge(
        "tasktrail_unacknowledged_seconds",
        "For how long events wait while none is acknowledged; 0 when none waits.",
        seen.balance().waiting() == 0 ? 0 : board.since(post.quietNanos()).toNanos() / NANOS);
    scrape.gauge(
        "tasktrail_turn_age_seconds",
        "Since the agent's thread did a turn.",
        board.sinceTurn().toNanos() / NANOS);
    tell(seen.canary(), scrape);
  }

  private static void tell(Sighting.Ring ring, Scrape scrape) {
    scrape.gauge("tasktrail_ring_bytes", "Size of the ring.", ring.bytes());
    scrape.gauge("tasktrail_ring_used_bytes", "Of the ring, not given back.", ring.usedBytes());
  }

  private static void tell(AuditFigures audit, Scrape scrape) {
    scrape.counter("tasktrail_records", "Lines that are records of audit.", audit.records());
    scrape.counters(
        "tasktrail_corrupt_lines", "Lines that are none, by reason.", "reason", audit.corrupt());
    scrape.counters(
        "tasktrail_records_left_out",
        "Records that are in no event, by why.",
        "because",
        audit.recordsLeftOut());
    scrape.counter(
        "tasktrail_record_events", "Events of audit that the records made.", audit.events());
    scrape.counters(
        "tasktrail_record_events_left_out",
        "Of these, what nothing is told of, by why.",
        "because",
        audit.eventsLeftOut());
    scrape.counter(
        "tasktrail_missing_serials",
        "Serials that nothing was read of, each told as lost.",
        audit.missingSerials());
    scrape.counter(
        "tasktrail_log_rotations", "How often another file was begun.", audit.log().rotations());
    scrape.counter(
        "tasktrail_log_gaps", "How often what was to be read next was gone.", audit.log().gaps());
    scrape.gauge(
        "tasktrail_log_unread_bytes",
        "Of the file that is being read, not read.",
        audit.log().unreadBytes());
  }

  private static void tell(ConnectorFigures connector, Scrape scrape) {
    scrape.counter(
        "tasktrail_connector_messages",
        "Messages of the proc connector that arrived.",
        connector.messages());
    scrape.counters(
        "tasktrail_connector_messages_left_out",
        "Of these, what no event is made of, by why.",
        "because",
        connector.messagesLeftOut());
    scrape.counter(
        "tasktrail_connector_overruns",
        "How often the socket of the proc connector was full.",
        connector.overruns());
    scrape.counters(
        "tasktrail_connector_unread",
        "Execs of which something could not be read any more, by what.",
        "what",
        connector.unread());
    scrape.gauge("tasktrail_connector_tasks", "Tasks that are known to live.", connector.tasks());
  }

  private static void tell(Balance balance, Scrape scrape) {
    scrape.counters(
        "tasktrail_captured_events",
        "Events that there are to publish, by where they came from.",
        "source",
        balance.captured());
    scrape.counter(
        "tasktrail_acknowledged_events", "Events that Kafka has.", balance.acknowledged());
    scrape.gauge("tasktrail_spooled_events", "Events on the disk.", balance.spooled());
    scrape.gauge(
        "tasktrail_in_flight_events", "Events read and safe nowhere yet.", balance.inFlight());
    scrape.gauge(
        "tasktrail_unread_events", "Events numbered by the kernel, not read.", balance.unread());
    scrape.counter(
        "tasktrail_passed_over_events",
        "Events of a replaced capture that the next one tells.",
        balance.passedOver());
    scrape.counters(
        "tasktrail_shed_events", "Events given up at the spool's bound.", "kind", balance.shed());
    scrape.counters(
        "tasktrail_lost_events", "Events never to be published.", "cause", balance.lost());
  }

  private static void tell(Filter.Tally filter, Scrape scrape) {
    scrape.counters(
        "tasktrail_filtered_events",
        "Events published quietly; they are among the captured, and among the acknowledged.",
        "kind",
        filter.filtered());
    scrape.gauge(
        "tasktrail_filter_tasks", "Tasks of which the filter knows its verdict.", filter.tasks());
    scrape.counter(
        "tasktrail_filter_tasks_left_out",
        "Tasks of which the filter kept no verdict, because there were too many.",
        filter.leftOut());
  }

  private static void tell(SpoolFigures spool, Scrape scrape) {
    scrape.gauge("tasktrail_spool_bytes", "Size of all segments.", spool.bytes());
    scrape.gauge("tasktrail_spool_bytes_max", "Its bound.", spool.bytesMax());
    scrape.states("tasktrail_publisher_state", "1 for what it does.", spool.state());
    scrape.counter(
        "tasktrail_disk_failures", "Tries of the spool that failed.", spool.diskFailures());
  }

  private static void troubles(Sighting seen, Scrape scrape) {
    scrape.counter(
        "tasktrail_argument_faults",
        "Execs of which a page of argv was not in memory.",
        seen.troubles().argumentFaults());
    scrape.counter(
        "tasktrail_malformed_records",
        "Records of the ring that could not be read.",
        seen.troubles().malformed());
    scrape.counter(
        "tasktrail_refused_events", "Events that can never be published.", seen.refused());
    seen.troubles()
        .missed()
        .ifPresent(
            missed ->
                scrape.counter(
                    "tasktrail_recursion_misses",
                    "Events that the kernel never numbered, at most.",
                    missed.stream().mapToLong(LostOfKind::count).sum()));
  }

  private static void tell(Canary.Report canary, Scrape scrape) {
    scrape.counters(
        "tasktrail_canaries",
        "Canaries, by what became of them.",
        "outcome",
        Map.of(
            "back", canary.back(),
            "missing", canary.missing(),
            "undecided", canary.undecided()));
    scrape.gauge(
        "tasktrail_canary_missing",
        "1 when the last was not captured.",
        canary.isMissing() ? 1 : 0);
    canary
        .newest()
        .ifPresent(
            nanos ->
                scrape.gauge(
                    "tasktrail_canary_latency_seconds",
                    "From the exec of the newest canary until it was safe.",
                    nanos / NANOS));
  }

  /// What is told at one time.
  private static final class Scrape {

    private final MetricSnapshots.Builder all = MetricSnapshots.builder();

    MetricSnapshots all() {
      return all.build();
    }

    void counter(String name, String help, Number value) {
      counters(
          name,
          help,
          List.of(new CounterDataPointSnapshot(value.doubleValue(), Labels.EMPTY, null, 0)));
    }

    void counters(String name, String help, String label, Map<?, Long> values) {
      counters(
          name,
          help,
          values.entrySet().stream()
              .map(
                  each ->
                      new CounterDataPointSnapshot(
                          each.getValue().doubleValue(),
                          Labels.of(label, text(each.getKey())),
                          null,
                          0))
              .toList());
    }

    private void counters(String name, String help, Collection<CounterDataPointSnapshot> points) {
      CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
      points.forEach(counter::dataPoint);
      all.metricSnapshot(counter.build());
    }

    void gauge(String name, String help, Number value) {
      all.metricSnapshot(
          GaugeSnapshot.builder()
              .name(name)
              .help(help)
              .dataPoint(new GaugeDataPointSnapshot(value.doubleValue(), Labels.EMPTY, null))
              .build());
    }

    void states(String name, String help, SpoolFigures.State now) {
      GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
      for (SpoolFigures.State state : SpoolFigures.State.values()) {
        gauge.dataPoint(
            new GaugeDataPointSnapshot(
                state == now ? 1 : 0, Labels.of("state", text(state)), null));
      }
      all.metricSnapshot(gauge.build());
    }

    private static String text(Object label) {
      return label.toString().toLowerCase(Locale.ROOT);
    }
  }
}
