package io.tasktrail.agent.filter;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import java.util.Optional;

/// What a rule may judge by: of a program that was executed, or found alive.
///
/// @param executable empty where it is not known
/// @param hasTty empty where it is not known
/// @param cgroup and what it says of container and unit
record Circumstances(
    ByteText executable, Credentials credentials, Optional<Boolean> hasTty, Cgroup cgroup) {}
