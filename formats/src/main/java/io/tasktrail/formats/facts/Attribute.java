package io.tasktrail.formats.facts;

import io.tasktrail.event.ByteText;

/// A name and a value: what formats of flat fields say of an event.
///
/// @param name of [Attributes]: lower-case letters and `_`
public record Attribute(String name, ByteText value) {}
