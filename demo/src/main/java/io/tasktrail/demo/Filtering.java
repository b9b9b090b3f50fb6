package io.tasktrail.demo;

import io.tasktrail.agent.filter.FilterRules;
import java.nio.file.Path;
import java.util.Optional;

/// What people are told of.
///
/// @param rules what they are not told of
/// @param control a socket at which they may ask for more; empty: none
record Filtering(FilterRules rules, Optional<Path> control) {}
