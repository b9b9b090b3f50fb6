/// Messages of syslog, RFC 5424, with structured data. How they are sent is not known here.
package io.tasktrail.formats.syslog;
