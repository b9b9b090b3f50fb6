/// The role `streams`: its settings, what it waits for at the start, and how it lives through what
/// goes wrong. Knows nothing of events and histories: that is the topology's affair
/// (`io.tasktrail.streams.fold`).
package io.tasktrail.streams;
