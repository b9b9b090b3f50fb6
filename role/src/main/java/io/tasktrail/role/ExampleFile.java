package io.tasktrail.role;

/// The settings file that is shipped as an example: each key with its default and its consequence.
/// A test holds the shipped file and the declared keys together.
public final class ExampleFile {

  /// Columns of the comments.
  private static final int WIDTH = 98;

  private ExampleFile() {}

  /// The whole text of the file.
  ///
  /// @param introduction what the file is for; one paragraph
  public static String render(String introduction, Declared declared) {
    StringBuilder text = new StringBuilder();
    comment(text, introduction);
    for (Setting<?> setting : declared.own()) {
      text.append('\n');
      comment(text, setting.meaning() + ' ' + setting.consequence());
      comment(text, "Takes " + setting.parser().expected() + '.');
      text.append(
          setting
              .fallback()
              .map(fallback -> '#' + setting.key() + '=' + fallback)
              .orElse(setting.key() + '='));
      text.append('\n');
    }
    return text.toString();
  }

  private static void comment(StringBuilder text, String words) {
    StringBuilder line = new StringBuilder("#");
    for (String word : words.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
