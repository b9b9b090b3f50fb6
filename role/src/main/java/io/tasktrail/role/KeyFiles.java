package io.tasktrail.role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files with a password or a private key in them: who else may open them.
///
/// A warning, not a refusal, in every role: a host whose agent does not start after somebody
/// changed a mode is not being watched.
public final class KeyFiles {

  private static final Pattern KEY_FILE = Pattern.compile(".*(keystore\\.location|\\.key\\.file)");
  private static final Pattern KEY_TAB = Pattern.compile("(?i)keyTab\\s*=\\s*\"([^\"]*)\"");
  private static final Set<PosixFilePermission> OPEN =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private KeyFiles() {}

  /// A line for each of them that others may read or write, with the command that ends that.
  ///
  /// @param config the file that the settings were read from
  public static List<String> warnings(Settings settings, Optional<Path> config) {
    Stream<Path> own =
        holdsSecret(settings)
            ? config.stream().flatMap(file -> SettingsFiles.of(file).stream())
            : Stream.empty();
    return Stream.concat(
            own,
            settings.all().entrySet().stream()
                .flatMap(each -> named(each.getKey(), each.getValue())))
        .distinct()
        .flatMap(file -> warning(file).stream())
        .toList();
  }

  private static boolean holdsSecret(Settings settings) {
    return settings.all().entrySet().stream()
        .anyMatch(each -> Secrets.holds(each.getKey(), each.getValue()));
  }

  private static Stream<Path> named(String key, String value) {
    try {
      if (KEY_FILE.matcher(key).matches() && !value.isEmpty()) {
        return Stream.of(Path.of(value));
      }
      Matcher keyTab = KEY_TAB.matcher(value);
      return keyTab.find() ? Stream.of(Path.of(keyTab.group(1))) : Stream.empty();
    } catch (InvalidPathException whoOpensItSaysSo) {
      return Stream.empty();
    }
  }

  private static Optional<String> warning(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      return mode.stream().anyMatch(OPEN::contains)
          ? Optional.of(warning(file, mode))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException whoOpensItSaysSo) {
      return Optional.empty();
    }
  }

  private static String warning(Path file, Set<PosixFilePermission> mode) throws IOException {
    return "other users may open a file with a secret in it: %s (%s): chmod %s %s"
        .formatted(file, PosixFilePermissions.toString(mode), isOwn(file) ? "600" : "640", file);
  }

  /// What belongs to root is read through a group.
  private static boolean isOwn(Path file) throws IOException {
    return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
  }
}
