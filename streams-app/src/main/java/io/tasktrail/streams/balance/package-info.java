/// What became of each record that was read, counted, so that an operator can check that nothing is
/// dropped in silence.
///
/// Knows what the fold gives and nothing of Kafka; only its `PrometheusCounters` knows how figures
/// are told.
package io.tasktrail.streams.balance;
