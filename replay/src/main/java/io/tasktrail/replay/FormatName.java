package io.tasktrail.replay;

import io.tasktrail.formats.Format;
import io.tasktrail.formats.Formats;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A format by its name on the command line.
final class FormatName implements ITypeConverter<Format> {

  @Override
  public Format convert(String name) {
    return Formats.named(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + name + "' is not one of " + String.join(", ", Formats.names())));
  }
}
