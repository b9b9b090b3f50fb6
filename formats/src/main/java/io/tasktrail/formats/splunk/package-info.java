/// Events of Splunk's HTTP event collector, with the fields of its Common Information Model. How
/// they are sent is not known here.
package io.tasktrail.formats.splunk;
