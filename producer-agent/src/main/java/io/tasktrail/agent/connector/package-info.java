/// What `tasktrail-listen` tells, as events: its records ([RecordParser]), what they hold of /proc
/// ([TaskReading]), what they say of tasks ([Narration]), and what is known of each ([TaskBook]).
/// [ConnectorSource] is the corridor.
///
/// Pure: bytes come in, events go out. Knows no files, no clock, no Kafka, no fold; must not know
/// how events are published, nor where the bytes come from. `src/main/c/listen.h` has the layout.
package io.tasktrail.agent.connector;
