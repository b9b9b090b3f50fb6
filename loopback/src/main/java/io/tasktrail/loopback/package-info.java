/// A real Kafka broker and a schema registry inside this JVM, on 127.0.0.1 only; for the demo and
/// for tests. Nothing here is protected by more than that, unless asked for: every local user may
/// connect.
///
/// Knows nothing of tasktrail's events, topics or roles.
package io.tasktrail.loopback;
