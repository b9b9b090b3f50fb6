package io.tasktrail.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What `packages/build` made, signed with a key that is thrown away with the folder.
///
/// @param keys the folder of gpg
/// @param stages what packages were made of: one that could not be made is none
record Built(Path folder, Path keys, Set<Path> stages) {

  /// What is installed.
  static final Edition OLD = new Edition("old", 1);

  /// The same, built once more.
  static final Edition AGAIN = new Edition("again", 1);

  /// The next release of it.
  static final Edition NEW = new Edition("new", 2);

  static final List<String> ROLES = List.of("agent", "streams", "sink");

  private static final String KEY = "packages@tasktrail.example";
  private static final Path SHARED = Path.of("target/built").toAbsolutePath();

  private static Built shared;

  /// Packages of one release, in a folder of their own.
  record Edition(String name, int release) {}

  /// What all tests of this JVM install: each is built when it is first asked for.
  static synchronized Built shared() throws IOException {
    if (shared == null) {
      Command.run("rm", "-rf", SHARED.toString()).done();
      shared =
          new Built(
              SHARED,
              Files.createDirectories(SHARED.resolve("keys")),
              ConcurrentHashMap.newKeySet());
      Command.run("chmod", "700", shared.keys().toString()).done();
      shared.gpg("--batch", "--passphrase", "", "--quick-gen-key", KEY, "rsa2048", "sign", "1d");
      Runtime.getRuntime().addShutdownHook(new Thread(shared::end));
    }
    return shared;
  }

  /// The folder of an edition of these roles.
  Path folder(Edition edition, List<String> roles) throws IOException {
    Path out = folder.resolve(edition.name());
    List<String> missing =
        roles.stream().filter(role -> !stages.contains(out.resolve(role))).toList();
    if (!missing.isEmpty()) {
      System.out.print(build(edition, out, missing));
      missing.forEach(role -> stages.add(out.resolve(role)));
    }
    return out;
  }

  /// Builds them, and tells what was printed. The same bytes take the same lists of classes.
  private String build(Edition edition, Path out, List<String> roles) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Command.HOME.resolve("packages/build").toString(),
                "--out",
                out.toString(),
                "--key",
                KEY,
                "--release",
                Integer.toString(edition.release())));
    if (edition.equals(AGAIN)) {
      words.addAll(List.of("--classes", folder(OLD, roles).toString()));
    }
    if (!edition.equals(OLD)) {
      words.add("--deb");
    }
    words.addAll(roles);
    return Command.run(
            Map.of("GNUPGHOME", keys.toString(), "JAVA_HOME", System.getProperty("java.home")),
            words.toArray(String[]::new))
        .done();
  }

  Path rpm(Edition edition, String role) throws IOException {
    return only(edition, role, "tasktrail-%s-*-%d.x86_64.rpm");
  }

  Path deb(Edition edition, String role) throws IOException {
    return only(edition, role, "tasktrail-%s_*-%d_amd64.deb");
  }

  private Path only(Edition edition, String role, String glob) throws IOException {
    Path in = folder(edition, List.of(role));
    try (var files = Files.newDirectoryStream(in, glob.formatted(role, edition.release()))) {
      return files.iterator().next();
    }
  }

  /// The half of the key that others check with.
  Path publicKey() {
    Path file = keys.resolve("public.asc");
    gpg("--batch", "--yes", "--armor", "--output", file.toString(), "--export", KEY);
    return file;
  }

  /// Ends what gpg left running.
  private void end() {
    Command.run("gpgconf", "--homedir", keys.toString(), "--kill", "all").done();
  }

  private void gpg(String... options) {
    String[] words = Stream.concat(Stream.of("gpg"), Stream.of(options)).toArray(String[]::new);
    Command.run(Map.of("GNUPGHOME", keys.toString()), words).done();
  }
}
