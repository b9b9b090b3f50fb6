package io.tasktrail.sink.bulk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a destination reaches its store.
///
/// @param nodes addresses of the store; the next one is taken when one does not answer
/// @param target where documents go
/// @param authorization of each request, the header's value
/// @param authority who signed the store's certificate, PEM; empty: whom Java trusts
/// @param installsTemplate whether the template of the indices is put there at the beginning
/// @param most how much the store is asked at once
/// @param timeout of a request
/// @param busyMax how long a store that is busy is asked again before that is a failure
record BulkPlan(
    List<URI> nodes,
    Target target,
    Optional<String> authorization,
    Optional<Path> authority,
    boolean installsTemplate,
    Throttle.Most most,
    Duration timeout,
    Duration busyMax) {

  BulkPlan {
    nodes = List.copyOf(nodes);
  }

  /// What to tell the user of a store that lets nobody in.
  IOException refused(URI node, Verdict.Forbidden forbidden) {
    return new IOException(
        "%s refuses this sink (%d %s): check sink.bulk.user.info, sink.bulk.api.key and their rights on %s"
            .formatted(node, forbidden.status(), forbidden.reason(), target.pattern()));
  }
}
