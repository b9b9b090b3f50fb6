package io.tasktrail.agent.secured;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A certificate authority of a test's own: the JDK's keytool, in a folder.
public final class Authority {

  /// Of every key store here.
  static final String PASSWORD = "store-7c1f0e";

  private static final int SECONDS = 60;

  private final Path dir;

  /// Whose certificate, and for how long.
  public enum Kind {
    /// For 127.0.0.1, and good until tomorrow.
    VALID("san=ip:127.0.0.1,dns:localhost", "-1d"),
    /// Ended yesterday.
    EXPIRED("san=ip:127.0.0.1,dns:localhost", "-3d"),
    /// For a machine of another name.
    OF_ANOTHER_HOST("san=dns:broker.example", "-1d");

    private final String names;
    private final String begin;

    Kind(String names, String begin) {
      this.names = names;
      this.begin = begin;
    }
  }

  /// Makes one with a new key.
  ///
  /// @param dir empty
  public Authority(Path dir) throws IOException, InterruptedException {
    this.dir = Files.createDirectories(dir);
    keytool(
        "ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + dir.getFileName(), "-ext", "bc:c");
    keytool("ca", "-exportcert", "-rfc", "-file", certificate().toString());
  }

  /// What a client has to trust, as PEM.
  public Path certificate() {
    return dir.resolve("ca.pem");
  }

  /// Puts a server's key and certificate into a file, in place of any old one.
  public void issue(Kind kind, Path keystore) throws IOException, InterruptedException {
    Files.deleteIfExists(store("server"));
    String request = dir.resolve("request").toString();
    String answer = dir.resolve("answer").toString();
    keytool("server", "-genkeypair", "-keyalg", "EC", "-dname", "CN=broker");
    keytool("server", "-certreq", "-file", request);
    List<String> sign = new ArrayList<>(List.of("-gencert", "-infile", request, "-rfc"));
    Collections.addAll(sign, "-outfile", answer, "-ext", kind.names);
    Collections.addAll(sign, "-startdate", kind.begin, "-validity", "2");
    keytool("ca", sign.toArray(String[]::new));
    Files.writeString(
        Path.of(answer), Files.readString(Path.of(answer)) + Files.readString(certificate()));
    keytool("server", "-importcert", "-noprompt", "-file", answer);
    Files.move(store("server"), keystore, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path store(String alias) {
    return dir.resolve(alias + ".p12");
  }

  private void keytool(String alias, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Collections.addAll(command, options);
    Collections.addAll(command, "-alias", alias, "-keystore", store(alias).toString());
    Collections.addAll(command, "-storepass", PASSWORD);
    Path said = dir.resolve("keytool.out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command + ": " + Files.readString(said));
    }
  }
}
