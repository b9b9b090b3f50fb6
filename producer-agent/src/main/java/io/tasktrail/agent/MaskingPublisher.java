package io.tasktrail.agent;

import io.tasktrail.agent.mask.Masking;
import io.tasktrail.agent.publish.Publisher;
import io.tasktrail.agent.publish.SpoolFigures;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import io.tasktrail.event.ModuleOrigin;
import io.tasktrail.event.TaskEvent;
import java.util.Optional;

/// Masks secrets before another publishes: the one gate through which every event passes, whatever
/// it is published to.
record MaskingPublisher(Publisher next, Masking masking) implements Publisher {

  @Override
  public boolean hasRoom() {
    return next.hasRoom();
  }

  @Override
  public void publish(TaskEvent event, long token) {
    next.publish(
        masked(event.fact()).map(fact -> new TaskEvent(event.header(), fact)).orElse(event), token);
  }

  /// Empty where there is nothing to mask.
  private Optional<Fact> masked(Fact fact) {
    return switch (fact) {
      case Fact.Executed exec -> masked(exec);
      case Fact.TaskSeen seen -> masked(seen);
      case Fact.ModuleLoaded loaded ->
          masked(loaded.origin())
              .map(
                  origin ->
                      new Fact.ModuleLoaded(
                          loaded.actor(), loaded.name(), loaded.taints(), origin));
      case Fact.ModuleLoadFailed failed ->
          masked(failed.origin())
              .map(
                  origin ->
                      new Fact.ModuleLoadFailed(
                          failed.actor(), failed.name(), failed.errno(), origin));
      case Fact.AuditRecord record -> masked(record);
      default -> Optional.empty();
    };
  }

  private Optional<Fact> masked(Fact.Executed exec) {
    Arguments masked = masking.mask(exec.image(), exec.arguments());
    return masked.maskedBy().isEmpty() ? Optional.empty() : Optional.of(exec.with(masked));
  }

  private Optional<Fact> masked(Fact.TaskSeen seen) {
    Arguments masked = masking.mask(image(seen.executable()), seen.arguments());
    return masked.maskedBy().isEmpty() ? Optional.empty() : Optional.of(seen.with(masked));
  }

  private Optional<Fact> masked(Fact.AuditRecord record) {
    Arguments masked = masking.mask(image(firstWord(record.command())), record.command());
    return masked.maskedBy().isEmpty() ? Optional.empty() : Optional.of(record.withCommand(masked));
  }

  /// Of a command that was only asked for, no more is known.
  private static ByteText firstWord(Arguments command) {
    return command.values().isEmpty() ? ByteText.EMPTY : command.values().getFirst();
  }

  /// Of what was executed only the path is known.
  private static Image image(ByteText path) {
    return new Image(path, ByteText.EMPTY, path, 0, 0, false, false);
  }

  private Optional<ModuleOrigin> masked(ModuleOrigin origin) {
    ByteText masked = masking.mask(origin.parameters());
    return masked.equals(origin.parameters())
        ? Optional.empty()
        : Optional.of(origin.withParameters(masked));
  }

  @Override
  public int doWork() {
    return next.doWork();
  }

  @Override
  public Optional<SpoolFigures> spool() {
    return next.spool();
  }

  @Override
  public void close() {
    next.close();
  }
}
