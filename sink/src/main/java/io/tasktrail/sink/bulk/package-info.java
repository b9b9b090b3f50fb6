/// Events as documents of Elasticsearch or OpenSearch, by `_bulk`.
///
/// Begin with [BulkDestination]. Each event is always the same document of the same index: its id
/// is the event's, its index that of the event's day, its version the revision. So whatever is sent
/// twice is there once, and a correction replaces what it corrects, in whatever order they come.
///
///     event ──▶ Document ──▶ BulkBody ──▶ Store (HTTP) ──▶ BulkReply ──▶ Verdict of each
///
/// Knows nothing of Kafka.
package io.tasktrail.sink.bulk;
