package io.tasktrail.agent.doctor;

import io.tasktrail.agent.AgentSettings;
import io.tasktrail.agent.CaptureSource;
import io.tasktrail.agent.doctor.Finding.Outcome;
import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.Failure;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Settings;
import io.tasktrail.role.Shutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tasktrail doctor`: one line for each thing that the agent needs, and its cure below it where it
/// is not in order. Changes nothing.
@Command(
    name = "doctor",
    description = {
      "Looks whether this host, its capture and the path to Kafka are as the agent needs them.",
      "A line for each: ok, warn, FAIL or skip; below it what to do. Changes nothing.",
      "Exit status 1 if something fails."
    })
public final class DoctorCommand implements RoleCommand {

  private static final Path ROOT = Path.of("/");

  /// Of each call over the network.
  private static final Duration CALL = Duration.ofSeconds(5);

  /// Of each check, which may take more than one call.
  private static final Duration CHECK = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--pin",
      paramLabel = "DIR",
      description = "Where the capture is pinned, over capture.pin.")
  private Path pin;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "The user who runs the agent; without it, who runs this. Needs root.")
  private String user;

  @Override
  public void run(Shutdown shutdown) throws Exception {
    Account self = self();
    Account account = user == null ? self : Account.named(user);
    Examination examination = new Examination(spec.commandLine().getOut(), CHECK);
    Optional<Settings> settings = settings(examination);
    examination.run(onHost(self, account, settings.orElseGet(DoctorCommand::defaults)));
    examination.run(settings.map(this::onPath).orElseGet(List::of));
    conclude(examination);
  }

  private static Account self() throws IOException {
    return Account.self(
        System.getProperty("user.name"), Files.readString(Path.of("/proc/self/status")));
  }

  /// Empty, and told, where they are wrong.
  private Optional<Settings> settings(Examination examination) throws InterruptedException {
    try {
      Settings settings = config.settings(AgentSettings.declared());
      examination.run(List.of(Check.of("settings", () -> Finding.ok("all keys are understood"))));
      return Optional.of(settings);
    } catch (Failure wrong) {
      examination.run(
          List.of(
              Check.of(
                  "settings",
                  () ->
                      Finding.fail(
                          wrong.getMessage(),
                          "correct that first; the host is checked with the defaults, Kafka and"
                              + " registry are not"))));
      return Optional.empty();
    }
  }

  private static Settings defaults() {
    return Settings.of(AgentSettings.declared(), Map.of());
  }

  private List<Check> onHost(Account self, Account account, Settings settings) {
    List<Check> checks =
        new ArrayList<>(
            new HostChecks(ROOT, settings.get(AgentSettings.HOST_ID), Instant.now(), built())
                .all());
    CaptureSource source = settings.get(AgentSettings.SOURCE);
    OtherSources others = new OtherSources(ROOT, account);
    if (source == CaptureSource.KERNEL) {
      checks.addAll(0, ofBpf(self, others));
      Path place = Optional.ofNullable(pin).orElseGet(() -> settings.get(AgentSettings.PIN));
      checks.addAll(new CaptureChecks(ROOT, place.toAbsolutePath(), account).all());
    } else {
      checks.add(others.of(source, settings.get(AgentSettings.AUDIT_INPUT)));
    }
    checks.addAll(
        new SpoolChecks(
                settings.get(AgentSettings.SPOOL_DIR),
                settings.get(AgentSettings.SPOOL_BYTES_MAX),
                settings.get(AgentSettings.SPOOL_BYTES_FREE),
                account)
            .all());
    return checks;
  }

  private static List<Check> ofBpf(Account self, OtherSources others) {
    List<Check> checks = new ArrayList<>(new KernelChecks(ROOT, others.account()).all());
    Path loader = Path.of(System.getProperty("tasktrail.arm", "/usr/sbin/tasktrail-arm"));
    checks.addAll(new LoaderCheck(loader, self.isRoot(), others).all());
    checks.add(others.besides());
    return checks;
  }

  private List<Check> onPath(Settings settings) {
    Connection connection =
        new Connection(settings.where(AgentSettings::isForKafka), (int) CALL.toMillis());
    List<Check> checks = new ArrayList<>(new BrokerChecks(connection, Instant.now()).all());
    checks.addAll(new TopicChecks(connection, checks.getLast()).all());
    checks.addAll(new RegistryChecks(connection).all());
    return checks;
  }

  /// When the file of this program was written. By its resource: of a class out of an archive that
  /// was made elsewhere the JVM does not tell the code source.
  private static Optional<Instant> built() {
    try {
      long millis =
          DoctorCommand.class.getResource("DoctorCommand.class").openConnection().getLastModified();
      return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  private static void conclude(Examination examination) {
    long failed = examination.count(Outcome.FAIL);
    if (failed > 0) {
      throw new Failure(
          failed == 1 ? "1 check failed" : failed + " checks failed",
          "each is told above",
          "do what stands below its FAIL, and run this again");
    }
  }
}
