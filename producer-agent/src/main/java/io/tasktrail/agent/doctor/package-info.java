/// `tasktrail doctor`: looks whether a host, its capture and the path to Kafka are as the agent
/// needs them, and says for each thing that is not what cures it.
///
/// Begin with [DoctorCommand], which lists the checks; [Examination] runs them. Changes nothing,
/// neither on the host nor in Kafka. Knows nothing of how the agent does its work.
package io.tasktrail.agent.doctor;
