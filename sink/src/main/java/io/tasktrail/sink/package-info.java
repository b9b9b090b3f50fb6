/// Ships the SIEM topic to a destination: reads committed events, hands them over in order, and
/// moves the group's offsets only past what the destination has made durable.
///
/// A destination is a package of its own behind [io.tasktrail.sink.Destination]. Knows nothing of
/// how histories are made.
package io.tasktrail.sink;
