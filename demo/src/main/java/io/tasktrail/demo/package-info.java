/// All roles in one JVM on an embedded broker: what `tasktrail demo` runs. Wires; does nothing of
/// its own to an event.
package io.tasktrail.demo;
