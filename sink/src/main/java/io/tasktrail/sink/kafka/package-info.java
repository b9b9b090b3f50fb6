/// Events as records of a topic, of this or of another cluster, exactly once.
///
/// Begin with [KafkaDestination]. What is written between two syncs is a transaction; how far the
/// source is delivered is an offset's metadata in the same transaction ([Bookmark]). So the next
/// process finds both or neither:
///
///     resume ──▶ the last transaction is ended, the bookmark read
///     write  ──▶ begin ──▶ send, send, send
///     sync   ──▶ bookmark ──▶ commit
///
/// Knows nothing of where events come from.
package io.tasktrail.sink.kafka;
