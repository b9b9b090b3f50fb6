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

  static final int OLD = 1;
  static final int NEW = 2;
  static final List<String> ROLES = List.of("agent", "streams", "sink");

  private static final String KEY = "packages@tasktrail.example";
  private static final Path SHARED = Path.of("target/built").toAbsolutePath();

  private static Built shared;

  /// What all tests of this JVM install: `old` has each role; `again` the agent once more; `new`
  /// its next release; both of the latter are Debian packages too.
  static synchronized Built shared() throws IOException {
    if (shared == null) {
      Command.run("rm", "-rf", SHARED.toString()).done();
      Built built = in(SHARED);
      System.out.print(built.build("old"));
      String classes = SHARED.resolve("old").toString();
      built.build("again", "--classes", classes, "--deb", "agent");
      built.build("new", "--classes", classes, "--deb", "--release", "" + NEW, "agent");
      built.end();
      shared = built;
    }
    return shared;
  }

  /// A folder with a new key in it, and no package yet.
  private static Built in(Path folder) throws IOException {
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
    return only(name, "tasktrail-" + role + "-*-" + release + ".x86_64.rpm");
  }

  Path deb(String name, String role, int release) throws IOException {
    return only(name, "tasktrail-" + role + "_*-" + release + "_amd64.deb");
  }

  private Path only(String name, String glob) throws IOException {
    try (var files = Files.newDirectoryStream(folder.resolve(name), glob)) {
      return files.iterator().next();
    }
  }

  /// The half of the key that others check with.
  Path publicKey() {
    Path file = keys.resolve("public.asc");
    gpg("--batch", "--yes", "--armor", "--output", file.toString(), "--export", KEY);
    return file;
  }

  /// Ends what gpg left running, which the next command of it begins again.
  void end() {
    Command.run("gpgconf", "--homedir", keys.toString(), "--kill", "all").done();
  }

  private void gpg(String... options) {
    String[] words = Stream.concat(Stream.of("gpg"), Stream.of(options)).toArray(String[]::new);
    Command.run(Map.of("GNUPGHOME", keys.toString()), words).done();
  }
}
