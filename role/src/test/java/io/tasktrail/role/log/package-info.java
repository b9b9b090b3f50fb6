/// Logs as JSON.
package io.tasktrail.role.log;
