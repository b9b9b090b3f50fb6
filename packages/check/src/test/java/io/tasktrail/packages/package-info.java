/// The packages as an administrator meets them: built by the command that builds them, installed
/// into an empty Debian, upgraded and erased. Knows files, commands and settings; nothing of how
/// the roles are made.
package io.tasktrail.packages;
