package io.tasktrail.validate;

/// A message on one line of visible characters, whatever names a document has.
final class Visible {

  private Visible() {}

  static String of(Violation violation) {
    StringBuilder text = new StringBuilder();
    violation
        .toString()
        .codePoints()
        .forEach(
            character -> {
              if (isShown(character)) {
                text.appendCodePoint(character);
              } else {
                text.append(String.format("\\u%04x", character));
              }
            });
    return text.toString();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
