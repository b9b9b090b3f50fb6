/// The spool: the second buffer, on disk, for when Kafka does not answer for longer than the ring
/// can wait.
///
/// Begin with [SpoolingPublisher], the state machine; [Spool] is what is on the disk, [Thinning]
/// what is given up at its bound. Knows nothing of the ring or of histories.
package io.tasktrail.agent.spool;
