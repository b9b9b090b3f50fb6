package io.tasktrail.bench.streams;

import java.util.ArrayList;
import java.util.List;

/// What made-up tasks execute.
final class Lineage {

  /// From the kernel down, as far as it goes.
  private static final List<String> IMAGES =
      List.of(
          "/usr/lib/systemd/systemd",
          "/usr/sbin/sshd",
          "/usr/sbin/sshd",
          "/usr/bin/bash",
          "/usr/bin/make",
          "/usr/bin/dash",
          "/usr/bin/make",
          "/usr/bin/dash",
          "/usr/bin/python3",
          "/usr/bin/dash",
          "/usr/bin/make");

  private static final List<String> COMMANDS =
      List.of(
          "/usr/bin/gcc", "/usr/bin/sed", "/usr/bin/grep", "/usr/bin/mkdir", "/usr/bin/install");

  static final int DEPTH_MAX = IMAGES.size();

  private Lineage() {}

  /// Tasks, each the child of the one before, the last one so many execs below the kernel.
  static List<HostKernel.Live> descend(HostKernel kernel, int depth) {
    List<HostKernel.Live> tasks = new ArrayList<>();
    HostKernel.Live task = HostKernel.ROOT;
    for (String image : IMAGES.subList(0, depth)) {
      task = kernel.exec(kernel.fork(task), image);
      tasks.add(task);
    }
    return tasks;
  }

  /// Any short command.
  static String command(int number) {
    return COMMANDS.get(Math.floorMod(number, COMMANDS.size()));
  }
}
