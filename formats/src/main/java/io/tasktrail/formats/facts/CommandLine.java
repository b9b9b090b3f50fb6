package io.tasktrail.formats.facts;

import io.tasktrail.event.ByteText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Arguments, and what a person reads of them.
public final class CommandLine {

  private CommandLine() {}

  /// The arguments that were joined by NUL.
  public static List<ByteText> arguments(ByteText joined) {
    byte[] bytes = joined.toBytes();
    List<ByteText> arguments = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == 0) {
        arguments.add(ByteText.of(bytes, from, at - from));
        from = at + 1;
      }
    }
    return arguments;
  }

  /// What ps(1) shows of a task without arguments: its name in brackets.
  public static ByteText ofKernel(ByteText comm) {
    var line = new ByteArrayOutputStream();
    line.write('[');
    line.writeBytes(comm.toBytes());
    line.write(']');
    return ByteText.of(line.toByteArray());
  }

  /// The arguments that were joined by NUL, joined by spaces.
  public static ByteText of(ByteText joined) {
    return of(arguments(joined));
  }

  /// The arguments joined by spaces.
  public static ByteText of(List<ByteText> arguments) {
    var line = new ByteArrayOutputStream();
    for (int i = 0; i < arguments.size(); i++) {
      if (i > 0) {
        line.write(' ');
      }
      line.writeBytes(arguments.get(i).toBytes());
    }
    return ByteText.of(line.toByteArray());
  }
}
