package io.tasktrail.role;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says in one line what went wrong.
final class Explained {

  /// How deep a chain of causes is searched.
  private static final int CAUSES_MAX = 16;

  private Explained() {}

  /// What a user is told: the failure within, where there is one.
  static String line(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      switch (cause) {
        case Failure failure -> {
          return failure.getMessage();
        }
        case FileSystemException file -> {
          return file(file);
        }
        case IOException io -> {
          return message(io);
        }
        default -> cause = cause.getCause();
      }
    }
    return "unexpected " + thrown + ": a defect: run it with --verbose and report what it shows";
  }

  private static String file(FileSystemException failed) {
    String what =
        switch (failed) {
          case NoSuchFileException _ -> "no such file or directory: " + failed.getFile();
          case AccessDeniedException _ -> "no permission: " + failed.getFile();
          default -> message(failed);
        };
    return what + ": check the path and its permissions";
  }

  private static String message(IOException failed) {
    return failed.getMessage() == null ? failed.toString() : failed.getMessage();
  }

  /// The text with every control character escaped, so that it stays on its line.
  static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (character == '\n' || character == '\t') {
                line.append(' ');
              } else if (Character.isISOControl(character)) {
                line.append(String.format("\\u%04x", character));
              } else {
                line.appendCodePoint(character);
              }
            });
    return line.toString();
  }
}
