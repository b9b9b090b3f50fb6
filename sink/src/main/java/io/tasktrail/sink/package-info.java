/// Ships the SIEM topic to a destination. What is here is the role: its settings, its command, and
/// the contract of destinations.
///
///     SinkRole ──▶ worker (Kafka Connect, embedded) ──▶ connect (connector, task)
///                                                          │
///                                  Destination ◀───────────┘
///                                      ▲ file, bulk, console: a package each
///
/// Knows nothing of how histories are made.
package io.tasktrail.sink;
