package io.tasktrail.agent.control;

import io.tasktrail.agent.filter.Additions;
import io.tasktrail.agent.filter.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what is asked. One thread asks; any sees what came of it.
public final class Desk implements Supplier<Additions> {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private static final String WORDS =
      "add-pid PID, remove-pid PID, add-container ID, remove-container ID, list";

  private final Processes processes;
  private volatile Additions additions = Additions.NONE;

  /// @param root the root directory, `/`
  public Desk(Path root) {
    processes = new Processes(root);
  }

  /// What is told whatever the rules say.
  @Override
  public Additions get() {
    return additions;
  }

  /// The answer to a line, a line each.
  ///
  /// @param who asks, as the log names it
  List<String> answer(String line, String who) {
    String[] words = line.strip().split("\\s+", -1);
    try {
      return words.length == 1 && words[0].equals("list")
          ? list()
          : changed(changed(words), line.strip(), who);
    } catch (IllegalArgumentException | IOException wrong) {
      return List.of("error " + wrong.getMessage());
    }
  }

  private Additions changed(String[] words) throws IOException {
    if (words.length != 2) {
      throw new IllegalArgumentException("not one of: " + WORDS);
    }
    return switch (words[0]) {
      case "add-pid" -> additions.with(processes.mark(pid(words[1])));
      case "remove-pid" -> additions.without(pid(words[1]));
      case "add-container" -> additions.withContainer(words[1]);
      case "remove-container" -> additions.withoutContainer(words[1]);
      default -> throw new IllegalArgumentException("not one of: " + WORDS);
    };
  }

  private List<String> changed(Additions after, String line, String who) {
    if (after.equals(additions)) {
      return List.of("ok nothing to change");
    }
    additions = after;
    LOG.info("filter: {} (asked by {})", line, who);
    return List.of("ok");
  }

  private List<String> list() {
    Additions now = additions;
    return Stream.of(
            Stream.of("ok"),
            now.processes().stream().map(this::shown),
            now.containers().stream().map(id -> "container " + id))
        .flatMap(lines -> lines)
        .toList();
  }

  private String shown(ProcessMark process) {
    return "pid " + process.pid() + (processes.isAlive(process) ? "" : " (ended)");
  }

  private static int pid(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new IllegalArgumentException("no pid, a number from 1");
    }
    return Integer.parseInt(text);
  }
}
