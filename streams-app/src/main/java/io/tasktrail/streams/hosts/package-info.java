/// What an operator is told of the hosts of the fleet: who runs what, who is silent. Reads the
/// table of hosts; knows nothing of the fold that writes it.
package io.tasktrail.streams.hosts;
