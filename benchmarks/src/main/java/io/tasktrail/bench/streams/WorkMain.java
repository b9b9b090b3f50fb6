package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Jvm;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The JVM of a yardstick: does its work once for each line, which tells the number of events.
@Command(name = "bench-work")
public final class WorkMain implements RoleCommand {

  /// What is said when a work is over: all that it wrote is there.
  static final String OVER = "over";

  @Parameters(index = "0")
  private WorkKind kind;

  @Parameters(index = "1")
  private String bootstrapServers;

  @Parameters(index = "2")
  private String registry;

  /// Runs it as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new WorkMain(), args);
  }

  static Jvm start(WorkKind kind, Map<String, String> addresses, List<String> options)
      throws IOException {
    return Jvm.start(
        WorkMain.class,
        options,
        List.of(
            kind.name(), addresses.get("bootstrap.servers"), addresses.get("schema.registry.url")));
  }

  @Override
  public void run(Shutdown shutdown) throws Exception {
    Work work =
        kind.with(
            Map.of("bootstrap.servers", bootstrapServers, "schema.registry.url", registry),
            shutdown);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      work.once(Integer.parseInt(line));
      System.out.println(OVER);
    }
  }
}
