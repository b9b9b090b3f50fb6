/// Events as messages of syslog (RFC 5424), counted in octets (RFC 6587), over TCP or TLS
/// (RFC 5425): at least once, each with its id.
///
///     event ──▶ Messages ──▶ Connection ──▶ a server reads
///                   │            ▲
///                   └──▶ Sent ───┘ again, after a connection that broke
///
/// Nobody acknowledges a message of syslog. What TCP has to say instead is the end of a connection:
/// this side ends its half, and a server that ends the other half after that has read everything
/// before. So each sync ends the connection (`sink.syslog.confirm`), and the group's offsets move
/// only past what a server has read. What it then does with it is not known here: the newest of
/// what was read stays in [Sent], and is sent again when a connection breaks or is refused, for
/// that is all that is seen of a server that was killed with messages in its memory.
///
/// Begin with [SyslogDestination]. Knows nothing of Kafka.
package io.tasktrail.sink.syslog;
