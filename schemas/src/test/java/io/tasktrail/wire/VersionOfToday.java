package io.tasktrail.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.avro.SchemaFormatter;

/// Writes the contract of today and its samples as a version for [SchemaVersionsTest]: run by hand,
/// in the directory of this module, when the contract changed.
final class VersionOfToday {

  private VersionOfToday() {}

  /// Takes the number of the new version.
  public static void main(String[] number) throws IOException {
    Path version = Files.createDirectories(SchemaVersionsTest.VERSIONS.resolve(number[0]));
    for (Subject<?> subject : Subject.all()) {
      String json = SchemaFormatter.format("json/pretty", subject.schema());
      Files.writeString(version.resolve(subject + ".avsc"), json + '\n');
      Files.writeString(version.resolve(subject + ".hex"), samples(subject));
    }
  }

  private static <D> String samples(Subject<D> subject) {
    BinaryCodec<D> codec = subject.codecs().get();
    StringBuilder lines = new StringBuilder();
    for (D sample : subject.samples()) {
      lines.append(HexFormat.of().formatHex(codec.encode(sample))).append('\n');
    }
    return lines.toString();
  }
}
