package io.tasktrail.bench.stand;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A number of things to measure with: at least 1, at most 10 million.
public final class Amount implements ITypeConverter<Integer> {

  private static final int MAX = 10_000_000;

  @Override
  public Integer convert(String text) {
    if (!text.matches("[0-9]{1,8}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX) {
      throw new TypeConversionException("'" + text + "' is not a number from 1 to " + MAX);
    }
    return Integer.valueOf(text);
  }
}
