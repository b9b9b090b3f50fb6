package io.tasktrail.agent.filter;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import java.util.Optional;
import java.util.function.Supplier;

/// What a rule may judge by: of a program that was executed, or found alive.
///
/// @param executable empty where it is not known
/// @param hasTty empty where it is not known
/// @param place asked for only by rules that want it; empty where it is not known
record Circumstances(
    ByteText executable,
    Credentials credentials,
    Optional<Boolean> hasTty,
    Supplier<Optional<UnitPlace>> place) {}
