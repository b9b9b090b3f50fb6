/// The packages as an administrator meets them: built by the command that builds them, installed,
/// upgraded and erased in a small Debian and in a guest that boots with them, and run as images.
/// Knows files, commands, settings and what is in the topics; nothing of how the roles are made.
package io.tasktrail.packages;
