package io.tasktrail.agent;

import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.mask.Rules;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Image;
import io.tasktrail.role.ConfigOptions;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `tasktrail mask`: what the agent would publish of a command line.
@Command(
    name = "mask",
    description = {
      "Shows a command line as the agent would publish it, an argument a line, and which rules did"
          + " that. Without one, names the rules in effect; a wrong rule is told.",
      "Try it with a made-up secret: every user of the host can read a command line."
    })
public final class MaskCommand implements RoleCommand {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(paramLabel = "WORD", description = "After --: the command line.")
  private List<String> line = new ArrayList<>();

  @Override
  public void run(Shutdown shutdown) {
    Rules rules = AgentSettings.maskRules(config.settings(AgentSettings.declared()));
    if (line.isEmpty()) {
      rules.names().forEach(System.out::println);
    } else {
      show(new Masking(rules), System.out);
    }
  }

  private void show(Masking masking, PrintStream out) {
    ByteText program = ByteText.of(line.getFirst());
    Image image = new Image(program, ByteText.EMPTY, ByteText.EMPTY, 0, 0, false, false);
    List<ByteText> words = line.stream().map(ByteText::of).toList();
    Arguments masked = masking.mask(image, new Arguments(words, words.size(), 0, false));
    masked.values().forEach(out::println);
    out.println(
        masked.maskedBy().isEmpty()
            ? "(nothing is masked)"
            : "(masked by: " + String.join(", ", masked.maskedBy()) + ")");
  }
}
