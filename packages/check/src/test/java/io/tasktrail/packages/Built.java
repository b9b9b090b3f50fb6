package io.tasktrail.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What `packages/build` made, signed with a key that is thrown away with the folder.
///
/// @param keys the folder of gpg
record Built(Path folder, Path keys) {

  private static final String KEY = "packages@tasktrail.example";

  /// A folder with a new key in it, and no package yet.
  static Built in(Path folder) throws IOException {
    Built built = new Built(folder, Files.createDirectories(folder.resolve("keys")));
    Command.run("chmod", "700", built.keys().toString()).done();
    built.gpg("--batch", "--passphrase", "", "--quick-gen-key", KEY, "rsa2048", "sign", "1d");
    return built;
  }

  /// Builds into a folder of its own, and tells what was printed.
  String build(String name, String... options) {
    String out = folder.resolve(name).toString();
    String[] words =
        Stream.of(
                List.of(Command.HOME.resolve("packages/build").toString(), "--out", out),
                List.of("--key", KEY),
                List.of(options))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return Command.run(
            Map.of("GNUPGHOME", keys.toString(), "JAVA_HOME", System.getProperty("java.home")),
            words)
        .done();
  }

  Path rpm(String name, String role, int release) throws IOException {
    try (var files = Files.newDirectoryStream(folder.resolve(name), glob(role, release))) {
      return files.iterator().next();
    }
  }

  private static String glob(String role, int release) {
    return "tasktrail-" + role + "-*-" + release + ".x86_64.rpm";
  }

  /// The half of the key that others check with.
  Path publicKey() {
    Path file = keys.resolve("public.asc");
    gpg("--batch", "--yes", "--armor", "--output", file.toString(), "--export", KEY);
    return file;
  }

  /// Ends what gpg left running.
  void end() {
    Command.run("gpgconf", "--homedir", keys.toString(), "--kill", "all").done();
  }

  private void gpg(String... options) {
    String[] words = Stream.concat(Stream.of("gpg"), Stream.of(options)).toArray(String[]::new);
    Command.run(Map.of("GNUPGHOME", keys.toString()), words).done();
  }
}
