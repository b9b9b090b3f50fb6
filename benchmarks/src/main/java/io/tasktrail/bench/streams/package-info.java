/// What the topology costs, beside what the same work costs without it: throughput, latency,
/// footprint, held against the goals of the project ([Goal]).
///
/// Each contestant runs in a JVM of its own, one after the other; the broker in another. Knows of
/// the topology what a user knows: the role, its settings, its topics, its metrics.
package io.tasktrail.bench.streams;
