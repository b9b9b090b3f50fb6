package io.tasktrail.packages;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A machine under QEMU, without hardware help, that boots a disk; somebody sits at its serial
/// console. It ends where it would boot again.
final class Guest implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final String LOGIN = "login: ";
  private static final String PROMPT = "root@guest:~# ";
  private static final String TRACED =
      "trace_event=task:task_newtask,sched:sched_process_exec,sched:sched_process_exit"
          + " trace_clock=boot trace_buf_size=8M";

  private final Process machine;
  private final Path console;
  private int seen;

  private Guest(Process machine, Path console) {
    this.machine = machine;
    this.console = console;
  }

  /// Switches it on.
  ///
  /// @param disk what it boots, a file of this folder, as are the next and `vmlinuz`
  /// @param initrd the initramfs
  /// @param hostPorts ports of this machine's loopback that it reaches at 10.0.2.100; it reaches
  ///     nothing else, and without any it has no network
  static Guest boot(Path dir, String disk, String initrd, List<Integer> hostPorts)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("qemu-system-x86_64", "-machine", "q35,accel=tcg", "-cpu", "max", "-smp", "2"));
    command.addAll(List.of("-m", "1536", "-nodefaults", "-display", "none", "-serial", "stdio"));
    command.addAll(List.of("-no-reboot", "-kernel", "vmlinuz", "-initrd", initrd));
    command.addAll(List.of("-drive", "file=" + disk + ",format=raw,if=virtio,cache=unsafe"));
    command.addAll(List.of("-nic", network(hostPorts)));
    command.addAll(
        List.of(
            "-append",
            "root=/dev/vda rw console=ttyS0 quiet panic=-1 no_timer_check systemd.show_status=no "
                + TRACED));
    Path console = dir.resolve(initrd + "-console");
    return new Guest(
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start(),
        console);
  }

  private static String network(List<Integer> hostPorts) {
    StringBuilder nic = new StringBuilder("user,model=virtio-net-pci,restrict=on");
    hostPorts.forEach(
        port ->
            nic.append(
                ",guestfwd=tcp:10.0.2.100:%1$d-cmd:busybox nc 127.0.0.1 %1$d".formatted(port)));
    return hostPorts.isEmpty() ? "none" : nic.toString();
  }

  /// Logs in as root, who has no password.
  void logIn() {
    awaitText(LOGIN);
    type("root");
    awaitText(PROMPT);
  }

  /// Has the login shell do something, and waits for its end.
  ///
  /// @return what the console said meanwhile
  String run(String command) {
    int before = seen;
    type(command);
    awaitText(PROMPT);
    return said().substring(before, seen);
  }

  /// Types a line.
  void type(String line) {
    try {
      machine.getOutputStream().write((line + "\n").getBytes(UTF_8));
      machine.getOutputStream().flush();
    } catch (IOException off) {
      throw new UncheckedIOException(said(), off);
    }
  }

  private void awaitText(String text) {
    await(text).atMost(LONG).until(() -> said().indexOf(text, seen) >= 0 || isOff());
    int found = said().indexOf(text, seen);
    if (found < 0) {
      throw new IllegalStateException("the guest ended before it said '" + text + "': " + said());
    }
    seen = found + text.length();
  }

  private boolean isOff() {
    return !machine.isAlive();
  }

  /// Waits until it is off.
  void awaitOff() throws InterruptedException {
    if (!machine.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the guest does not end: " + said());
    }
  }

  /// Everything that stood on its console.
  String said() {
    try {
      return Files.readString(console, ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Pulls the plug.
  @Override
  public void close() {
    machine.destroyForcibly().onExit().join();
  }
}
