package io.tasktrail.agent.ring;

import io.tasktrail.event.Fact;
import io.tasktrail.event.Fact.LostOfKind;
import java.util.List;
import java.util.Optional;

/// A capture, as the one who reads it sees it. Not for use by several threads at once.
///
/// Reading runs ahead of releasing: [#poll] hands out what is new, [#checkpoint] names the point
/// reached, and [#release] gives the room back to the kernel once everything up to there is
/// acknowledged. What was handed out and not released comes again to who reads the capture next,
/// with the same sequence numbers.
public interface Capture extends AutoCloseable {

  /// What the loader wrote about the capture.
  Meta meta();

  /// Hands out what is new: at most `maxRecords` events, and any number of losses.
  ///
  /// @return how many events were handed out; fewer than `maxRecords` when there are no more now
  int poll(CaptureHandler handler, int maxRecords);

  /// Whether the next poll would find an event. A look at memory: the kernel is not asked.
  boolean hasNews();

  /// Makes the next poll look for losses even if nothing has arrived since the last one.
  void recount();

  /// How often losses at the end were looked for, with everything before them read.
  long counts();

  /// The point reached by the last poll, and by the agent's own numbers.
  Checkpoint checkpoint();

  /// Everything handed out before the checkpoint is acknowledged: it will not come again.
  void release(Checkpoint acknowledged);

  /// Per cpu, the pseudo-cpus first: how far everything was acknowledged or declared lost.
  List<Progress> settled();

  /// How many events the kernel has numbered, all its cpus together, since the capture was armed.
  /// Never less than what a [#progress] that was asked before says.
  long numbered();

  /// Per cpu, the pseudo-cpus first: how far everything was handed out or declared lost. To be
  /// asked after [#abandonedByAgents].
  List<Progress> progress();

  /// Up to where the ring was given back, in bytes since it was made.
  long releasedPosition();

  /// Up to where the ring was read, in bytes since it was made.
  long readPosition();

  /// Up to where the kernel has written.
  long producerPosition();

  /// What went wrong so far.
  Troubles troubles();

  /// Of those troubles, what the kernel passed over: see [Troubles#missed].
  Optional<List<LostOfKind>> missed();

  /// Has the kernel write what is alive into the ring, between a SnapshotStarted and a
  /// SnapshotFinished: when this returns all of it stands there, or is lost.
  ///
  /// @return false if another snapshot is being written right now
  /// @throws CaptureException if the kernel can't be asked
  boolean startSnapshot();

  /// A sequence number for an event that the agent itself makes, never given before
  /// ([io.tasktrail.event.Header#AGENT_CPU]).
  long nextAgentSequence();

  /// The numbers that earlier agents took for events of their own and that were not acknowledged:
  /// nobody knows whether those events were published.
  Optional<Fact.EventsLost> abandonedByAgents();

  /// CLOCK_BOOTTIME now, in nanoseconds: the clock of the events.
  long bootNanos();

  /// CLOCK_REALTIME minus CLOCK_BOOTTIME now, in nanoseconds.
  long wallOffsetNanos();

  /// Whether the capture was replaced, and everything up to that moment handed out: what happened
  /// since is in the next one.
  boolean isOver();

  /// Opens the capture that replaced this one.
  ///
  /// @throws CaptureException if it can't be read, as one of a newer version
  Capture next();

  /// Steps down as the reader. The capture goes on; one that is over and released to its end may be
  /// removed.
  @Override
  void close();
}
