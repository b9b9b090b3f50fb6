package io.tasktrail.streams;

import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.Failure;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import io.tasktrail.streams.letters.Fault;
import io.tasktrail.streams.topics.TopicReport;
import io.tasktrail.streams.topics.TopicSetup;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tasktrail topics --create|--check --config FILE`: one line a topic on standard output, below it
/// what is wrong with it.
@Command(
    name = "topics",
    description = "Makes and checks the topics, with the settings of the role streams.")
public final class TopicsMain implements RoleCommand {

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Task task;

  @Mixin private ConfigOptions config;

  /// Exactly one of them.
  private static final class Task {

    @Option(
        names = "--create",
        required = true,
        description = "Makes what is missing, then checks everything.")
    private boolean create;

    @Option(names = "--check", required = true, description = "Checks everything, changes nothing.")
    private boolean check;

    boolean changes() {
      return create && !check;
    }
  }

  /// Runs the command as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new TopicsMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) throws InterruptedException {
    StreamsSettings settings = StreamsSettings.of(config.settings(StreamsSettings.declared()));
    try (Admin admin = KafkaClients.admin(settings)) {
      show(reports(new TopicSetup(admin, settings.topics())));
    } catch (ExecutionException refused) {
      throw new Failure(
          Fault.root(refused).getMessage(),
          "Kafka at " + settings.bootstrapServers(),
          "check bootstrap.servers and the security settings",
          refused);
    }
  }

  private List<TopicReport> reports(TopicSetup topics)
      throws ExecutionException, InterruptedException {
    if (task.changes()) {
      topics.create();
    }
    return topics.reports();
  }

  private void show(List<TopicReport> reports) {
    PrintWriter out = spec.commandLine().getOut();
    for (TopicReport report : reports) {
      out.println(report.line());
      report.problems().forEach(problem -> out.println("  " + problem));
    }
    out.flush();
    long wrong = reports.stream().filter(report -> !report.problems().isEmpty()).count();
    if (wrong > 0) {
      throw new Failure(
          wrong == 1 ? "a topic is not as it must be" : wrong + " topics are not as they must be",
          "standard output",
          "do what stands there below each of them");
    }
  }
}
