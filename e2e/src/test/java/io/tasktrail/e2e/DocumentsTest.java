package io.tasktrail.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents name is there: a class that was renamed, a file that moved and a link to
/// nowhere are found here, not by a reader.
final class DocumentsTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private static final int README_LINES = 200;

  /// Made, or fetched: not of the project's own.
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  /// Names of others that documents speak of: rights and classes of Kafka, a field of Sigma.
  private static final Set<String> OF_OTHERS =
      Set.of("AdminClient", "IdempotentWrite", "ParentCommandLine", "StandardAuthorizer");

  /// Paths that are not of this tree: in an initramfs, an official definition.
  private static final Set<String> ELSEWHERE =
      Set.of("generated/csv/fields.csv", "scripts/init-top/00-tasktrail");

  /// What a build makes, and a clean clone does not have.
  private static final Pattern MADE = Pattern.compile("(.*/)?target(/.*)?");

  private static final Pattern CODE_BLOCK = Pattern.compile("(?m)^(?: {4}.*|```[\\s\\S]*?^```)$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z][a-z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*)`");
  private static final Pattern PATH = Pattern.compile("`([a-z][\\w.-]*/[\\w./-]*)`");

  private final List<Path> files = files();

  @Test
  void everyLinkLeadsSomewhere() {
    assertThat(notThere(LINK, DocumentsTest::leadsNowhere)).isEmpty();
  }

  @Test
  void everyTypeIsInTheSources() {
    Set<String> words =
        files.stream()
            .filter(file -> file.toString().matches(".*\\.(java|avdl|c|h)"))
            .flatMap(file -> Pattern.compile("\\W+").splitAsStream(text(file)))
            .collect(Collectors.toSet());
    words.addAll(OF_OTHERS);

    assertThat(notThere(TYPE, (document, type) -> !words.contains(type))).isEmpty();
  }

  @Test
  void everyPathIsInTheTree() {
    Set<String> heads =
        Stream.concat(Stream.of(HOME), children(HOME))
            .map(Path::toString)
            .collect(Collectors.toSet());

    assertThat(
            notThere(
                PATH,
                (document, path) ->
                    !ELSEWHERE.contains(path)
                        && !MADE.matcher(path).matches()
                        && heads.stream().noneMatch(head -> Files.exists(Path.of(head, path)))))
        .isEmpty();
  }

  @Test
  void readmeIsReadInOneSitting() {
    assertThat(text(HOME.resolve("README.md")).lines().count()).isLessThanOrEqualTo(README_LINES);
  }

  /// Whether something that a document names is missing.
  private interface Missing {
    boolean test(Path document, String name);
  }

  private List<String> notThere(Pattern names, Missing missing) {
    List<String> found = new ArrayList<>();
    for (Path document : files) {
      if (document.toString().endsWith(".md")) {
        matches(names, prose(document))
            .filter(name -> missing.test(document, name))
            .forEach(name -> found.add(HOME.relativize(document) + ": " + name));
      }
    }
    return found;
  }

  private static boolean leadsNowhere(Path document, String link) {
    if (link.matches("[a-z]+:.*")) {
      return false;
    }
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
    if (!Files.exists(target)) {
      return true;
    }
    return hash >= 0 && !anchors(target).contains(link.substring(hash + 1));
  }

  /// As they are made of headings where the documents are read.
  private static Set<String> anchors(Path document) {
    return matches(HEADING, text(document))
        .map(
            heading ->
                heading
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .strip()
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String prose(Path document) {
    return CODE_BLOCK.matcher(text(document)).replaceAll("");
  }

  private static Stream<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((Function<MatchResult, String>) m -> m.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<Path> children(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isDirectory).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Path> files() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          HOME,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return List.copyOf(found);
  }
}
