package io.tasktrail.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BootTraceTest {

  private static final List<String> LINES =
      """
      # tracer: nop
      #
      # entries-in-buffer/entries-written: 5/5   #P:2
      #
        <idle>-0  [000] ...1.  0.389507: task_newtask: pid=1 comm=swapper/0 clone_flags=800300 oom_score_adj=0
        init-1  [000] .....  1.000001: sched_process_exec: filename=/init pid=1 old_pid=1
        java-7  [001] .....  2.000000: task_newtask: pid=9 comm=java clone_flags=3d0f00 oom_score_adj=0
        java-9  [001] .....  2.500000: sched_process_exit: comm=a pid=1 b pid=9 prio=120
        sh-8  [001] .....  3.000000: sched_process_exit: comm=sh pid=8 prio=120
      """
          .lines()
          .toList();

  @Test
  void threadsAreLeftOut() {
    BootTrace trace = BootTrace.parse(LINES);

    assertThat(trace.notIn(List.of(), 0)).containsExactly("fork 1", "exec 1", "exit 8");
    assertThat(trace.notIn(List.of(), 1_000_001_000)).containsExactly("exit 8");
    assertThat(trace.execsUpTo(1_000_001_000)).isEqualTo(1);
  }

  @Test
  void overrunIsNoticed() {
    assertThat(BootTrace.parse(LINES).isWhole()).isTrue();
    assertThat(
            BootTrace.parse(LINES.stream().map(line -> line.replace("5/5", "5/6")).toList())
                .isWhole())
        .isFalse();
  }
}
