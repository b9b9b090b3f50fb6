/// The records of the audit system, as events: a line's fields ([RecordLine]), the event that its
/// records make ([Reassembly]), and what it says of a task ([Narration]). [AuditSource] is the
/// corridor.
///
/// Pure: lines come in, events go out. Knows no files but as streams, no clock, no Kafka, no fold;
/// must not know how events are published or shown.
package io.tasktrail.audit;
