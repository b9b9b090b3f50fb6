package io.tasktrail.demo;

import io.tasktrail.agent.ring.CaptureRing;
import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs `tasktrail-arm`, the only privileged program.
///
/// @param loader where it is
/// @param pin where the demo's capture is pinned
record Armer(Path loader, Path pin) {

  private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

  /// The demo's own, so that it never disturbs the capture of an installed agent.
  private static final Path DEMO_PIN = Path.of("/sys/fs/bpf/tasktrail-demo");

  /// The loader that the launcher built.
  static Armer ofLauncher() {
    return new Armer(Path.of(System.getProperty("tasktrail.arm", "tasktrail-arm")), DEMO_PIN);
  }

  /// Why this machine's events can't be captured by this user; empty when they can.
  List<String> hindrances() {
    List<String> hindrances = new ArrayList<>();
    if (!"root".equals(System.getProperty("user.name"))) {
      hindrances.add("live capture needs root, to load BPF");
    }
    if (!Files.exists(BTF)) {
      hindrances.add("live capture needs a Linux kernel with BTF (" + BTF + ")");
    }
    return hindrances;
  }

  /// Arms anew. What a demo that was killed left behind is removed first: its events are not ours.
  ///
  /// @throws Failure if another demo runs, or with what the loader says
  void arm(long ringBytes) {
    CaptureRing.readerOf(pin).ifPresent(this::refuse);
    disarm();
    run("--ring", Long.toString(ringBytes), "--how", "demo");
  }

  private void refuse(long otherDemo) {
    throw new Failure(
        "another demo runs on this machine (pid " + otherDemo + ")",
        pin.toString(),
        "end it first");
  }

  /// Ends the capture; does nothing when there is none.
  ///
  /// @throws Failure with what the loader says
  void disarm() {
    run("--remove");
  }

  private void run(String... options) {
    List<String> command = new ArrayList<>(List.of(loader.toString(), "--pin", pin.toString()));
    command.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new Failure("can't arm the capture", loader.toString(), said.strip());
      }
    } catch (IOException cause) {
      throw new Failure(
          "can't run the loader (" + cause.getMessage() + ")",
          loader.toString(),
          "start the demo by ./tasktrail demo, which builds it",
          cause);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", loader.toString(), "start again", asked);
    }
  }
}
