package io.tasktrail.sink.splunk;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a destination reaches its collector.
///
/// @param nodes addresses of the collector; the next one is taken when one does not answer
/// @param token who asks: never to be shown
/// @param authority who signed the collector's certificate, PEM; empty: whom Java trusts
/// @param acknowledged whether an event counts only when Splunk says that it is indexed
/// @param requestsMax that may wait for acknowledgement at a time
/// @param documentsMax of a request
/// @param bytesMax of a request before it is compressed; a longer event goes alone
/// @param timeout of a request
/// @param ackTimeout after which what is not acknowledged is sent again
/// @param busyMax how long a collector that is busy is asked again before that is a failure
public record HecPlan(
    List<URI> nodes,
    String token,
    Optional<Path> authority,
    boolean acknowledged,
    int requestsMax,
    int documentsMax,
    int bytesMax,
    Duration timeout,
    Duration ackTimeout,
    Duration busyMax) {

  public HecPlan {
    nodes = List.copyOf(nodes);
  }

  @Override
  public String toString() {
    return "HecPlan[" + nodes + "]";
  }
}
