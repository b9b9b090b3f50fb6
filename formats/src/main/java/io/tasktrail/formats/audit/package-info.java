/// Records of Linux audit, as auditd writes them: a group of lines an event, which `ausearch`,
/// `aureport` and everything else that reads `audit.log` understand. Knows nothing of other
/// formats, nor of who reads.
package io.tasktrail.formats.audit;
