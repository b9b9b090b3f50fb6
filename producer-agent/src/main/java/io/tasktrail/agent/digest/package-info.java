/// Digests of files that the kernel named: modules and executables. Knows nothing of events.
package io.tasktrail.agent.digest;
