/// Reads what the kernel side captured: the pinned ring and the maps beside it, as an unprivileged
/// user.
///
/// Begin with [CaptureRing]. Captures that replaced each other are read one after the other, the
/// oldest first ([Generation], [Cut]).
///
/// The only room that calls native code. The layouts are those of `src/main/bpf/record.h`; a test
/// holds the two together. Knows nothing of Kafka, Avro, threads, settings, or of who the host is;
/// never loads, attaches or pins anything: `tasktrail-arm` did.
package io.tasktrail.agent.ring;
