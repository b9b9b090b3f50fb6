package io.tasktrail.sink.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An authority of one test, and those that it signed, as PEM files and key stores in a folder.
final class Certificates {

  private static final String PASSWORD = "changeit";
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final Path folder;
  private final String authority;

  /// Makes an authority.
  Certificates(Path folder, String authority) throws Exception {
    this.folder = folder;
    this.authority = authority;
    keytool(store(authority), "-genkeypair", "-dname", "CN=" + authority, "-ext", "bc:c");
    export(authority);
  }

  /// Who signed all others.
  Path authority() {
    return certificate(authority);
  }

  /// Signs a pair for whoever has this name; a server is at 127.0.0.1.
  void sign(String name) throws Exception {
    Path request = folder.resolve(name + ".csr");
    Path answer = folder.resolve(name + ".answer");
    keytool(store(name), "-genkeypair", "-dname", "CN=" + name);
    keytool(store(name), "-certreq", "-file", request.toString());
    keytool(
        store(authority),
        "-gencert",
        "-rfc",
        "-infile",
        request.toString(),
        "-outfile",
        answer.toString(),
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    Files.writeString(answer, Files.readString(answer) + Files.readString(authority()));
    keytool(store(name), "-importcert", "-noprompt", "-file", answer.toString());
    export(name);
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  KeyStore keys(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void export(String name) throws Exception {
    StringBuilder chain = new StringBuilder();
    for (Certificate each : keys(name).getCertificateChain("it")) {
      chain.append(pem("CERTIFICATE", each.getEncoded()));
    }
    Files.writeString(certificate(name), chain);
    byte[] secret = keys(name).getKey("it", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(key(name), pem("PRIVATE KEY", secret));
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, new String(BASE64.encode(encoded), US_ASCII), what);
  }

  private static void keytool(Path store, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-alias", "it", "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    if (List.of(options).contains("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-validity", "10"));
    }
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new AssertionError(command + ": " + said);
    }
  }
}
