/// Logs as JSON, a line each, for those who collect them: what the launcher chooses where
/// `TASKTRAIL_LOG_FORMAT=json`. By default SLF4J's simple provider writes text, and nothing of this
/// is loaded; with it SLF4J's provider for `java.util.logging` is on the class path, and this room
/// configures that. What is logged, and from which level on, is the same
/// (`simplelogger.properties`).
package io.tasktrail.role.log;
