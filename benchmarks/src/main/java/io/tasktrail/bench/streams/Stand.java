package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Backbone;
import io.tasktrail.bench.stand.Scratch;
import java.io.IOException;

/// Where everything of a run is measured.
///
/// @param rounds whose medians are shown
record Stand(Backbone backbone, Scratch scratch, StreamsOptions options, int rounds) {

  /// What `tasktrail streams` is started with.
  private static final String SHIPPED_HEAP = "2g";

  TopologyJvm topology(String name) throws IOException {
    return topology(name, SHIPPED_HEAP);
  }

  /// @param heap as of -Xmx
  TopologyJvm topology(String name, String heap) throws IOException {
    return TopologyJvm.start(backbone, heap, options.profile(name));
  }

  Outputs outputs() {
    return new Outputs(backbone);
  }
}
