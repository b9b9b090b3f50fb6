/// The text forms of a history: how TaskTracker, AKARI and TOMOYO wrote it, made so that no name
/// can forge an entry.
///
/// Knows only what a history is, not how it came about.
package io.tasktrail.history.text;
