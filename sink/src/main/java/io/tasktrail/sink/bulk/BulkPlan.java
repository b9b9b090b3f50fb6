package io.tasktrail.sink.bulk;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a destination reaches its store.
///
/// @param nodes addresses of the store; the next one is taken when one does not answer
/// @param index name of indices before the day
/// @param authorization of each request, the header's value
/// @param authority who signed the store's certificate, PEM; empty: whom Java trusts
/// @param installsTemplate whether the template of the indices is put there at the beginning
/// @param documentsMax of a request
/// @param bytesMax of a request before it is compressed; a longer document goes alone
/// @param timeout of a request
/// @param busyMax how long a store that is busy is asked again before that is a failure
public record BulkPlan(
    List<URI> nodes,
    String index,
    Optional<String> authorization,
    Optional<Path> authority,
    boolean installsTemplate,
    int documentsMax,
    int bytesMax,
    Duration timeout,
    Duration busyMax) {

  public BulkPlan {
    nodes = List.copyOf(nodes);
  }
}
