package io.tasktrail.role;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of which a role's settings are read: the one that is named, and what lies in the
/// folder of its name with `.d` for `.properties`: `agent.d` beside `agent.properties`. A package
/// owns the one, an administrator's tools the others.
final class SettingsFiles {

  private static final String ENDING = ".properties";
  private static final String FOLDER_ENDING = ".d";

  private SettingsFiles() {}

  /// The file, then those of its folder by their names; a later one wins over an earlier one.
  ///
  /// @throws Failure if the folder is there and can't be listed
  static List<Path> of(Path file) {
    List<Path> found = new ArrayList<>();
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(ENDING)) {
      String stem = name.substring(0, name.length() - ENDING.length());
      found.addAll(within(file.resolveSibling(stem + FOLDER_ENDING)));
    }
    found.addFirst(file);
    return found;
  }

  private static List<Path> within(Path folder) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
        files.forEach(found::add);
      } catch (IOException unreadable) {
        throw new Failure(
            "can't list the folder of more settings (" + unreadable + ")",
            folder.toString(),
            "let the user of this role read it, or remove it",
            unreadable);
      }
    }
    found.sort(null);
    return found;
  }
}
