package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An authority of one test, and those that it signed, as PEM files in a folder; by openssl.
final class Certificates {

  private final Path folder;
  private final String authority;

  /// Makes an authority.
  Certificates(Path folder, String authority) throws Exception {
    this.folder = folder;
    this.authority = authority;
    openssl(request(authority, "basicConstraints=critical,CA:TRUE"));
  }

  /// Whether they can be made here.
  static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /// Who signed all others.
  Path authority() {
    return certificate(authority);
  }

  /// Signs a pair for whoever has this name; a server is at 127.0.0.1.
  void sign(String name) throws Exception {
    List<String> request = request(name, "subjectAltName=IP:127.0.0.1,DNS:localhost");
    request.addAll(List.of("-CA", authority().toString(), "-CAkey", key(authority).toString()));
    openssl(request);
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  private List<String> request(String name, String extension) {
    List<String> words = new ArrayList<>(List.of("req", "-x509", "-newkey", "ec", "-nodes"));
    words.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256", "-days", "10"));
    words.addAll(List.of("-subj", "/CN=" + name, "-addext", extension));
    words.addAll(List.of("-out", certificate(name).toString(), "-keyout", key(name).toString()));
    return words;
  }

  private static void openssl(List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError(command + ": " + said);
    }
  }
}
