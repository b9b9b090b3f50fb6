/// Which host, which boot: what the files of a machine say about it.
///
/// Knows nothing of captures, events on their way, or settings.
package io.tasktrail.agent.host;
