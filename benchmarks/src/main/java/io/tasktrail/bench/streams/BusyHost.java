package io.tasktrail.bench.streams;

import io.tasktrail.event.TaskEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// A host on which short commands come and go below shells 5 to 11 execs deep, 7.6 on average with
/// their own, and some stay. Of 100 forks 78 execute something. The same number makes the same
/// host.
final class BusyHost implements Host {

  private static final double EXECUTES = 0.78;

  /// How many of the commands stay, until as many as may have stayed, and from then on, each in
  /// place of an older one.
  private static final double STAYS_AT_FIRST = 0.5;

  private static final double STAYS = 0.07;
  private static final int SHALLOWEST = 5;
  private static final int SHELLS = Lineage.DEPTH_MAX - SHALLOWEST + 1;

  /// Commands at a time, beside those that stay.
  private static final int RUNNING = 8;

  private final Random random;
  private final HostKernel kernel;
  private final int stayMax;
  private final List<HostKernel.Live> shells;
  private final Deque<HostKernel.Live> running = new ArrayDeque<>();
  private final Deque<HostKernel.Live> staying = new ArrayDeque<>();

  /// @param stayMax how many tasks stay
  BusyHost(int number, int stayMax) {
    this.random = new Random(number);
    this.kernel = new HostKernel(number);
    this.stayMax = stayMax;
    List<HostKernel.Live> lineage = Lineage.descend(kernel, Lineage.DEPTH_MAX);
    this.shells = lineage.subList(SHALLOWEST - 1, lineage.size());
  }

  @Override
  public TaskEvent next() {
    TaskEvent event = kernel.poll();
    while (event == null) {
      step();
      event = kernel.poll();
    }
    return event;
  }

  @Override
  public int live() {
    return kernel.live();
  }

  private void step() {
    if (running.size() < RUNNING) {
      begin();
    } else {
      end(running.remove());
    }
  }

  /// Of two shells the less deep one: long lineages are rarer.
  private void begin() {
    int shell = Math.min(random.nextInt(SHELLS), random.nextInt(SHELLS));
    HostKernel.Live child = kernel.fork(shells.get(shell));
    boolean executes = random.nextDouble() < EXECUTES;
    running.add(executes ? kernel.exec(child, Lineage.command(random.nextInt())) : child);
  }

  private void end(HostKernel.Live task) {
    boolean full = staying.size() >= stayMax;
    if (random.nextDouble() >= (full ? STAYS : STAYS_AT_FIRST)) {
      kernel.exit(task);
      return;
    }
    staying.add(task);
    if (full) {
      kernel.exit(staying.remove());
    }
  }
}
