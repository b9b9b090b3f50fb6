package io.tasktrail.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A small Debian in a folder, with a database of rpm, and no Java.
record DebianRoot(Path folder) {

  /// Where [#archive] leaves it.
  static final Path ARCHIVE = Path.of("target/debian.tar").toAbsolutePath();

  /// What a host has that boots, and what its administrator looks at it with.
  private static final String PROGRAMS =
      "systemd,systemd-sysv,udev,initramfs-tools,dracut-core,busybox,kmod,zstd,login,rpm"
          + ",man-db,bash-completion";

  /// Unpacks one.
  static DebianRoot unpack(Path folder) throws IOException {
    Files.createDirectories(folder);
    Command.run("tar", "-xf", archive().toString(), "-C", folder.toString()).done();
    DebianRoot root = new DebianRoot(folder);
    Command.run("rpm", "--root", folder.toString(), "--initdb").done();
    return root;
  }

  /// The tar of one. What Debian's mirror gave is kept until `mvn clean`.
  static Path archive() throws IOException {
    if (!Files.exists(ARCHIVE)) {
      Path fetched = ARCHIVE.resolveSibling("debian.new.tar");
      Command.run(
              "mmdebstrap",
              "--quiet",
              "--mode=root",
              "--variant=essential",
              "--dpkgopt=force-unsafe-io",
              "--dpkgopt=path-exclude=/usr/share/locale/*",
              "--dpkgopt=path-exclude=/usr/share/doc/*",
              "--dpkgopt=path-exclude=/usr/share/man/*",
              "--include=" + PROGRAMS,
              "bookworm",
              fetched.toString())
          .done();
      Files.move(fetched, ARCHIVE);
    }
    return ARCHIVE;
  }

  /// Another one with the same content.
  DebianRoot copy(Path to) {
    Command.run("cp", "-a", folder.toString(), to.toString()).done();
    return new DebianRoot(to);
  }

  /// rpm upon it; Debian's own packages are unknown to rpm, so nothing that is required is found.
  String rpm(String... options) {
    String[] words =
        Stream.concat(Stream.of("rpm", "--root", folder.toString()), Stream.of(options))
            .toArray(String[]::new);
    return Command.run(words).done();
  }

  /// A command within it, with a /proc.
  Command.Ended run(String... words) {
    return script("inside", words);
  }

  /// A script beside this class, given the folder and what follows, in mounts of its own.
  Command.Ended script(String name, String... arguments) {
    try (var resource = DebianRoot.class.getResourceAsStream(name)) {
      String text = new String(resource.readAllBytes(), UTF_8);
      String[] words =
          Stream.concat(
                  Stream.of(
                      "unshare",
                      "--mount",
                      "--propagation=private",
                      "sh",
                      "-c",
                      text,
                      name,
                      folder.toString()),
                  Stream.of(arguments))
              .toArray(String[]::new);
      return Command.run(words);
    } catch (IOException unreadable) {
      throw new AssertionError(name, unreadable);
    }
  }

  Path at(String path) {
    return folder.resolve(path);
  }

  /// Whatever is there of tasktrail, from the root, sorted.
  List<String> filesOfTasktrail() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(each -> folder.relativize(each).toString())
          .filter(each -> each.contains("tasktrail"))
          .sorted()
          .toList();
    }
  }
}
