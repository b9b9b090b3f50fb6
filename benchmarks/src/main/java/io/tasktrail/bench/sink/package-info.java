/// What it costs to bring events into a store: the sink, beside a loader that has nothing to do but
/// send. Knows the sink as a user does: by its command and its settings.
package io.tasktrail.bench.sink;
