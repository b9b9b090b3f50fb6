package io.tasktrail.agent;

import io.tasktrail.agent.publish.Target;
import io.tasktrail.agent.spool.SpoolPlan;
import io.tasktrail.agent.spool.SpooledKafka;
import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.Failure;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Settings;
import io.tasktrail.role.Shutdown;
import io.tasktrail.role.TimeSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `tasktrail agent`: reads the capture of this host until it is told to stop.
@Command(
    name = "agent",
    description = {
      "Reads what the kernel captured on this host and publishes it, to Kafka or to a file.",
      "Needs no privilege but the group that tasktrail-arm --group named; tasktrail-arm arms."
    })
public final class AgentCommand implements RoleCommand {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--pin",
      paramLabel = "DIR",
      description = "Where the capture is pinned, over capture.pin.")
  private Path pin;

  @Option(
      names = "--source",
      paramLabel = "kernel|audit|proc",
      description = {
        "What is read, over capture.source; audit: records of the audit system; proc: what",
        "tasktrail-listen writes to standard input."
      })
  private CaptureSource source;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Records into a capture file instead of publishing to Kafka.")
  private Path output;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Ends after this time, once what was captured till then is safe: 20s, 5m, 2h.")
  private Duration limit;

  @Override
  public void run(Shutdown shutdown) throws Exception {
    // A signal is an orderly end from here on: told to stop while it begins, as by a host that goes
    // down right after its start, the agent still reads what was captured.
    shutdown.starting();
    Settings settings = config.settings(AgentSettings.declared());
    CaptureSource read = source(settings);
    if (read != CaptureSource.KERNEL) {
      readRecords(read, settings, shutdown);
      return;
    }
    AgentRole.Plan plan = plan(settings);
    AgentRole role = shutdown.closing(AgentRole.start(plan, shutdown::failed));
    if (limit == null) {
      shutdown.await();
    } else if (!shutdown.await(limit)) {
      drain(role, plan.stopTimeout());
    }
  }

  private CaptureSource source(Settings settings) {
    return Optional.ofNullable(source).orElseGet(() -> settings.get(AgentSettings.SOURCE));
  }

  private void readRecords(CaptureSource read, Settings settings, Shutdown shutdown)
      throws Exception {
    boolean isAudit = read == CaptureSource.AUDIT;
    RecordRole.Plan plan =
        new RecordRole.Plan(
            read,
            isAudit ? settings.get(AgentSettings.AUDIT_INPUT) : AgentSettings.STANDARD_INPUT,
            isAudit ? AgentSettings.auditState(settings) : settings.get(AgentSettings.PROC_STATE),
            settings.get(AgentSettings.HOST_ID),
            target(settings),
            settings.get(AgentSettings.POLL_INTERVAL),
            settings.get(AgentSettings.HEARTBEAT_INTERVAL),
            settings.get(AgentSettings.IN_FLIGHT_RECORDS),
            settings.get(AgentSettings.STOP_TIMEOUT),
            AgentSettings.maskRules(settings),
            AgentSettings.filterRules(settings),
            settings.get(AgentSettings.LISTEN),
            !isAudit && settings.get(AgentSettings.EXE_SHA256));
    if (settings.get(AgentSettings.CONTROL_SOCKET).isPresent()) {
      throw new Failure(
          "can't be had with capture.source=" + read.name().toLowerCase(Locale.ROOT),
          AgentSettings.CONTROL_SOCKET.key(),
          "leave it empty: only of what the kernel captures is it known for certain who is meant");
    }
    shutdown.closing(RecordRole.start(plan, shutdown::request, shutdown::failed));
    if (limit == null) {
      shutdown.await();
    } else {
      shutdown.await(limit);
    }
  }

  private static void drain(AgentRole role, Duration atMost) throws Exception {
    try {
      role.drained().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | CancellationException late) {
      // What is not safe stays in the ring, and close() says so.
    }
  }

  private AgentRole.Plan plan(Settings settings) {
    return new AgentRole.Plan(
        Optional.ofNullable(pin).orElseGet(() -> settings.get(AgentSettings.PIN)),
        settings.get(AgentSettings.HOST_ID),
        target(settings),
        settings.get(AgentSettings.POLL_INTERVAL),
        settings.get(AgentSettings.HEARTBEAT_INTERVAL),
        settings.get(AgentSettings.IN_FLIGHT_RECORDS),
        settings.get(AgentSettings.STOP_TIMEOUT),
        AgentSettings.maskRules(settings),
        settings.get(AgentSettings.CANARY_INTERVAL),
        settings.get(AgentSettings.LISTEN),
        settings.get(AgentSettings.EXE_SHA256),
        AgentSettings.filterRules(settings),
        settings.get(AgentSettings.CONTROL_SOCKET));
  }

  private Target target(Settings settings) {
    if (output != null) {
      return new Target.File(output);
    }
    Target.Kafka kafka =
        new Target.Kafka(
            settings.where(AgentSettings::isForKafka), settings.get(AgentSettings.IN_FLIGHT_BYTES));
    return settings
        .get(AgentSettings.SPOOL_DIR)
        .<Target>map(dir -> new SpooledKafka(kafka, spool(dir, settings)))
        .orElse(kafka);
  }

  private static SpoolPlan spool(Path dir, Settings settings) {
    return new SpoolPlan(
        dir,
        settings.get(AgentSettings.SPOOL_BYTES_MAX),
        settings.get(AgentSettings.SPOOL_BYTES_FREE),
        settings.get(AgentSettings.SPOOL_AFTER),
        settings.get(AgentSettings.IN_FLIGHT_RECORDS));
  }
}
