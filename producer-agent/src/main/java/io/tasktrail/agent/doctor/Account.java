package io.tasktrail.agent.doctor;

import static java.util.stream.Collectors.toSet;

import io.tasktrail.role.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The user for whom the checks must hold: who runs the agent.
///
/// @param name as the user is called
/// @param groups all of them, by number
record Account(String name, long uid, Set<Long> groups) {

  static final int READ = 4;
  static final int WRITE = 2;
  static final int PASS = 1;

  private static final int BITS_OF_A_CLASS = 3;

  Account {
    groups = Set.copyOf(groups);
  }

  /// Who runs this process.
  ///
  /// @param name `?` where the host has no name for the user, as the JVM says it
  /// @param status the text of `/proc/self/status`
  static Account self(String name, String status) {
    long uid = numbers(status, "Uid:").skip(1).findFirst().orElseThrow();
    return new Account(
        name.equals("?") ? "user " + uid : name,
        uid,
        Stream.concat(numbers(status, "Gid:").skip(1).limit(1), numbers(status, "Groups:"))
            .collect(toSet()));
  }

  private static Stream<Long> numbers(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .flatMap(line -> Arrays.stream(line.substring(field.length()).strip().split("\\s+")))
        .filter(number -> !number.isEmpty())
        .map(Long::valueOf);
  }

  /// Another user, as id(1) knows all users of this host.
  ///
  /// @throws Failure if there is no such user
  static Account named(String name) throws IOException, InterruptedException {
    return new Account(
        name,
        Long.parseLong(id("-u", name)),
        Arrays.stream(id("-G", name).split(" ", -1)).map(Long::valueOf).collect(toSet()));
  }

  private static String id(String option, String name) throws IOException, InterruptedException {
    Process id =
        new ProcessBuilder(List.of("id", option, "--", name))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (id.waitFor() != 0) {
      throw new Failure(
          "no such user", name, "give --user the name of the user who runs the agent");
    }
    return said;
  }

  boolean isRoot() {
    return uid == 0;
  }

  /// Whether the mode of a file lets this user do that; access control lists are not looked at.
  ///
  /// @param wanted [#READ], [#WRITE], [#PASS] or a sum of them
  boolean may(Path file, int wanted) throws IOException {
    Map<String, Object> owner = Files.readAttributes(file, "unix:uid,gid,mode");
    int mode = (int) owner.get("mode");
    return isRoot()
        || (mode >> shift((int) owner.get("uid"), (int) owner.get("gid")) & wanted) == wanted;
  }

  private int shift(int ofUid, int ofGid) {
    if (Integer.toUnsignedLong(ofUid) == uid) {
      return 2 * BITS_OF_A_CLASS;
    }
    return groups.contains(Integer.toUnsignedLong(ofGid)) ? BITS_OF_A_CLASS : 0;
  }

  /// The first folder above this one that this user may not pass.
  Optional<Path> barrier(Path dir) throws IOException {
    Path above = dir.getRoot();
    for (Path name : above.relativize(dir)) {
      if (!may(above, PASS)) {
        return Optional.of(above);
      }
      above = above.resolve(name);
    }
    return Optional.empty();
  }
}
