/// What the roles cost: agent, whole way, topology, each beside a yardstick in the same run. Starts
/// the roles as a user does, or through their settings; knows nothing of how they are made. Figures
/// are for reading: no test depends on one.
package io.tasktrail.bench;
