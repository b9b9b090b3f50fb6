/// What destinations on other machines have in common: whom to trust, how to ask by HTTP, how long
/// to wait between two attempts.
///
/// Knows no destination, and nothing of events.
package io.tasktrail.sink.remote;
