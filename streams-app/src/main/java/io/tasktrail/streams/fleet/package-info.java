/// What is new in the whole fleet: a sub-topology beside the fold, over the table of lineages that
/// the fold writes. It is a stream of its own because it depends on other hosts, which the fold of
/// one never does.
///
/// Knows nothing of events and histories, nor of how a lineage came to be known on a host.
package io.tasktrail.streams.fleet;
