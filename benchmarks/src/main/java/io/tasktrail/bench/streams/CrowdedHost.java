package io.tasktrail.bench.streams;

import io.tasktrail.event.TaskEvent;

/// A host whose tasks are born and stay, each eight execs below the kernel.
final class CrowdedHost implements Host {

  static final int CHAIN = 8;

  private final HostKernel kernel;
  private final HostKernel.Live shell;
  private int born;

  CrowdedHost(int number) {
    kernel = new HostKernel(number);
    shell = Lineage.descend(kernel, CHAIN - 1).getLast();
  }

  @Override
  public TaskEvent next() {
    TaskEvent event = kernel.poll();
    if (event == null) {
      kernel.exec(kernel.fork(shell), Lineage.command(born++));
      event = kernel.poll();
    }
    return event;
  }

  @Override
  public int live() {
    return kernel.live();
  }
}
