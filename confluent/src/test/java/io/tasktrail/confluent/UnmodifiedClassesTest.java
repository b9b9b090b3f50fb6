package io.tasktrail.confluent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnmodifiedClassesTest {

  private static final Path JARS = Path.of(System.getProperty("confluent.jars", "none"));

  @Test
  void everyFileOfTheJarsIsThereByteForByte() throws IOException {
    assumeTrue(Files.isDirectory(JARS), "the official artifacts are in use: nothing was unpacked");
    try (Stream<Path> jars = Files.list(JARS)) {
      assertThat(jars).hasSize(6).allSatisfy(UnmodifiedClassesTest::isUnpacked);
    }
  }

  private static void isUnpacked(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      assertThat(jar.stream().filter(UnmodifiedClassesTest::isContent))
          .isNotEmpty()
          .allSatisfy(
              entry ->
                  assertThat(onClassPath(entry)).as(entry.getName()).isEqualTo(in(jar, entry)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isContent(JarEntry entry) {
    return !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME);
  }

  private static byte[] in(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream bytes = jar.getInputStream(entry)) {
      return bytes.readAllBytes();
    }
  }

  private static byte[] onClassPath(JarEntry entry) throws IOException {
    ClassLoader loader = UnmodifiedClassesTest.class.getClassLoader();
    try (InputStream bytes = loader.getResourceAsStream(entry.getName())) {
      return bytes == null ? null : bytes.readAllBytes();
    }
  }
}
