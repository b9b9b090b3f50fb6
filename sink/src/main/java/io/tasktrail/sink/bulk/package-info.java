/// Events as documents of Elasticsearch or OpenSearch, by `_bulk`.
///
/// Begin with [BulkDestination]. Each event is always the same document of the same index: its id
/// is the event's, its index that of the event's day, its version the revision. So whatever is sent
/// twice is there once, and a correction replaces what it corrects, in whatever order they come
/// (in a data stream it stands beside it: [Target]).
///
///     event ──▶ Document ──▶ Sender ──▶ Flights ──▶ BulkBody ──▶ Store (HTTP)
///                              ▲  ▲ └─▶ Throttle: how much at once        │
///                              │  └──── BulkReply, Verdict of each ◀──────┘
///                              └─ again: busy, silent, half of what was too long
///
/// Only compressing, sending and waiting happen on threads of their own; whatever follows from an
/// answer happens on the thread that writes. Knows nothing of Kafka.
package io.tasktrail.sink.bulk;
