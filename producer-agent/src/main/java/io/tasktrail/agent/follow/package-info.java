/// Follows a log over its rotation, and keeps on the disk where it is read and what is known by
/// then.
///
/// Knows bytes and files: not what the lines say, nor how events are published.
package io.tasktrail.agent.follow;
