/// Events for the HTTP event collector of Splunk, with or without its acknowledgements.
///
/// Begin with [HecDestination]. What the collector answers is a [Verdict]; what it took since the
/// last sync stands in the [Ledger], so that a repetition sends only what it has not got:
///
///     event ──▶ HecEvent ──▶ Collector (HTTP) ──▶ Verdict ──▶ Ledger ◀── Acks
///                 ▲                                 │
///                 └── halved, without the invalid ──┘
///
/// At least once: where the collector took events and its answer was lost, they are sent again,
/// each with its id. Knows nothing of Kafka.
package io.tasktrail.sink.splunk;
