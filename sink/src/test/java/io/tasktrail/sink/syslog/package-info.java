/// Messages at least once, at a stub with faults and at real servers.
package io.tasktrail.sink.syslog;
