import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.idl.IdlReader;

/// Part of the build: the main schema of each `.avdl` file of a directory as `.avsc` in another.
final class ContractToJson {

  private ContractToJson() {}

  public static void main(String[] directories) throws IOException {
    Path to = Files.createDirectories(Path.of(directories[1]));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of(directories[0]), "*.avdl")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replaceFirst("avdl$", "avsc");
        String json =
            SchemaFormatter.format("json/pretty", new IdlReader().parse(file).getMainSchema());
        Files.writeString(to.resolve(name), json + '\n');
      }
    }
  }
}
