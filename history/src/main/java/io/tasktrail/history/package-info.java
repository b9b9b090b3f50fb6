/// The heart: how the events of a host become the histories of its tasks.
///
/// [Fold] takes one event after the other, each together with the state of the host and boot that
/// it comes from ([HostState]), and says what to emit. The topology, replay and the tests run this
/// one fold; they differ only in where the state is kept.
///
/// What makes it simple: every event of a task carries the kernel's own count of the execs of its
/// lineage, and every link of a history its ordinal in that count. The history of an event is
/// therefore its task's links up to the count in the event; what is missing is known by its
/// ordinals, and a fact that comes late finds its place.
///
/// Pure: the same events give the same output. Knows nothing of Kafka, Avro, files, clocks or
/// loggers; time is what the events say. Never throws on what an event says, however absurd, and
/// does a bounded amount of work for each.
package io.tasktrail.history;
