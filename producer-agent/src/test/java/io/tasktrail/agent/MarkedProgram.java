package io.tasktrail.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.event.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program that nobody else on the machine has: what is captured of it is a test's own.
record MarkedProgram(Path path) {

  /// One that does nothing.
  static MarkedProgram in(Path folder) throws IOException {
    return new MarkedProgram(Files.copy(Path.of("/bin/true"), folder.resolve("marked")));
  }

  /// Runs it so often, one after the other, to their end.
  void run(int times) throws IOException, InterruptedException {
    assertThat(start(times).waitFor()).isZero();
  }

  /// A shell that runs it so often, one after the other.
  Process start(int times) throws IOException {
    return shell("i=0; while [ $i -lt " + times + " ]; do $0; i=$((i+1)); done");
  }

  /// A shell that runs it until somebody ends the shell.
  Process startForever() throws IOException {
    return shell("while :; do $0; done");
  }

  private Process shell(String script) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", script, path.toString()).inheritIO().start();
  }

  /// Its execs among these events, once for each time that they are told.
  List<Fact.Executed> execsIn(List<TaskEvent> events) {
    ByteText executable = ByteText.of(path.toString());
    return Facts.in(events, Fact.Executed.class).stream()
        .filter(exec -> exec.image().executable().equals(executable))
        .toList();
  }

  /// The tasks of these execs.
  List<TaskKey> tasksIn(List<TaskEvent> events) {
    return execsIn(events).stream().map(exec -> exec.actor().task()).toList();
  }
}
