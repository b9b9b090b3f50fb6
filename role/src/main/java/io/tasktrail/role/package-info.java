/// What every role does alike: settings files, command line, exit status, ending in good order,
/// logging.
///
/// Knows nothing of Kafka, Avro or events: a role says which names of others' settings it passes
/// through.
package io.tasktrail.role;
