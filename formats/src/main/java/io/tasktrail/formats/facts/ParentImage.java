package io.tasktrail.formats.facts;

import io.tasktrail.event.AuditedTask;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Link;
import java.util.List;
import java.util.Optional;

/// What the parent of a task runs, as completely as can be told: rules of detection ask for it more
/// often than for anything else.
///
/// @param executable what is known of the parent, else its last image in the history of its child;
///     empty of a kernel thread, and where neither is known
/// @param arguments empty where only `commandLine` can be told
/// @param commandLine the arguments, else what ps(1) shows where there are none: the path, or the
///     name in brackets
public record ParentImage(ByteText executable, List<ByteText> arguments, ByteText commandLine) {

  /// That of a task.
  public static ParentImage of(AuditedTask task) {
    AuditedTask.Parent parent = task.parent();
    Optional<Link> image = Ancestors.imageOf(parent.task(), task.history());
    ByteText executable =
        parent.executable().isEmpty()
            ? image.map(Link::executable).orElse(ByteText.EMPTY)
            : parent.executable();
    if (!parent.commandLine().isEmpty()) {
      List<ByteText> arguments = CommandLine.arguments(parent.commandLine());
      return new ParentImage(executable, arguments, CommandLine.of(arguments));
    }
    return new ParentImage(
        executable,
        List.of(),
        executable.isEmpty() ? CommandLine.ofKernel(parent.comm()) : executable);
  }
}
