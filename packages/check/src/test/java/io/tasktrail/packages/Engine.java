package io.tasktrail.packages;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The docker engine of this machine: the one that answers, or one that is begun for a test, where
/// that can run, and ends with it. Nothing is asked of any registry of images.
final class Engine implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  private final Path dir;
  private final Process ours;

  private Engine(Path dir, Process ours) {
    this.dir = dir;
    this.ours = ours;
  }

  /// Finds or begins one; the test is skipped where none can run.
  static Engine ofThisMachine() throws IOException {
    Needs.command("docker");
    if (answers()) {
      return new Engine(null, null);
    }
    Needs.root();
    Needs.command("dockerd");
    Path dir = Files.createTempDirectory("tasktrail-docker");
    Engine engine = new Engine(dir, begin(dir));
    await().atMost(START).until(() -> answers() || !engine.ours.isAlive());
    if (!engine.ours.isAlive()) {
      String said = Files.readString(dir.resolve("said"));
      engine.close();
      assumeTrue(false, "skipped: no docker engine can run here: " + lastLine(said));
    }
    return engine;
  }

  private static Process begin(Path dir) throws IOException {
    List<String> command =
        List.of(
            "dockerd",
            "--iptables=false",
            "--ip6tables=false",
            "--bridge=none",
            "--data-root=" + dir.resolve("data"),
            "--exec-root=" + dir.resolve("run"),
            "--pidfile=" + dir.resolve("pid"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("said").toFile())
        .start();
  }

  private static boolean answers() {
    return Command.run("docker", "version").status() == 0;
  }

  private static String lastLine(String text) {
    return text.lines().reduce((_, later) -> later).orElse("it said nothing");
  }

  /// Makes an image of a folder's tar.
  void load(Path tar, String name) {
    Command.run("docker", "import", tar.toString(), name).done();
  }

  /// Ends what was begun here. The namespace of the host's network, which containers had, is left
  /// mounted by dockerd; it is not where none did.
  @Override
  public void close() throws IOException {
    if (ours != null) {
      ours.destroy();
      ours.onExit().join();
      Command.run("umount", dir.resolve("run/netns/default").toString());
      Command.run("rm", "-rf", dir.toString()).done();
    }
  }

  /// Removes an image, if it is there.
  void forget(String image) {
    Command.run("docker", "image", "rm", "--force", image);
  }
}
