package io.tasktrail.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {

  @TempDir private Path folder;

  @Test
  void onlyWholeLinesAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("lines"), "one\ntw");
    try (Tail tail = new Tail(file)) {
      assertThat(tail.read()).containsExactly("one");
      assertThat(tail.read()).isEmpty();
      append(file, "o");
      assertThat(tail.read()).isEmpty();
      append(file, "\n\nfour\nfi");
      assertThat(tail.read()).containsExactly("two", "", "four");
      append(file, "ve\n");
      assertThat(tail.read()).containsExactly("five");
    }
  }

  @Test
  void aLineMayBeLongerThanOneRead() throws IOException {
    String line = "x".repeat(200_000);
    Path file = Files.writeString(folder.resolve("lines"), line + "\nshort\n" + line);
    try (Tail tail = new Tail(file)) {
      assertThat(tail.read()).containsExactly(line, "short");
      append(file, "\n");
      assertThat(tail.read()).containsExactly(line);
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
