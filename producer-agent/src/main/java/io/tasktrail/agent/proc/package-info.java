/// Files of /proc, parsed. Knows nothing of events' ways, nor of who reads them.
package io.tasktrail.agent.proc;
