package io.tasktrail.bench;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Child;
import io.tasktrail.bench.stand.Machine;
import java.io.IOException;

/// Those whose work is not to be measured: the broker, which would run elsewhere, and this program.
record Bystanders(Backbone backbone) {

  /// CPU time so far of everything else on the machine, in seconds.
  double othersSeconds() throws IOException {
    return Machine.busySeconds()
        - backbone.jvm().cpuSeconds()
        - Child.cpuSeconds(ProcessHandle.current());
  }
}
