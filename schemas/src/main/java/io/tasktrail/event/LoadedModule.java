package io.tasktrail.event;

import java.util.Optional;
import java.util.OptionalLong;

/// A kernel module that is loaded: one row of the table of modules.
///
/// @param name as the kernel has it, with underscores
/// @param taints the kernel's taint bits that the module sets
/// @param loadedNanos boot time of its load; empty when a snapshot found it loaded
/// @param loader who loaded it, as it was then; empty likewise
public record LoadedModule(
    HostId host,
    BootId boot,
    ByteText name,
    long taints,
    OptionalLong loadedNanos,
    Optional<AuditedTask> loader) {}
