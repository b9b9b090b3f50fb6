package io.tasktrail.sink.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// Who this sink is to a server that asks for a certificate.
///
/// @param certificate its certificate, and those between it and the authority, PEM
/// @param key its private key, PEM: PKCS #8, not encrypted
public record Identity(Path certificate, Path key) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /// What shows it.
  ///
  /// @throws IOException if the files can't be used: says how to mend it
  KeyManager[] managers() throws IOException {
    Certificate[] chain = chain();
    PrivateKey secret = secret(chain[0].getPublicKey().getAlgorithm());
    try {
      KeyStore shown = KeyStore.getInstance(KeyStore.getDefaultType());
      shown.load(null, null);
      shown.setKeyEntry("sink", secret, new char[0], chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(shown, new char[0]);
      return managers.getKeyManagers();
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          "%s and %s can't be used together: %s".formatted(certificate, key, unusable), unusable);
    }
  }

  private Certificate[] chain() throws IOException {
    try (InputStream pem = Files.newInputStream(certificate)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(pem)
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new GeneralSecurityException("no certificate in it");
      }
      return chain;
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IOException(
          certificate + ": no certificate can be read (" + unusable.getMessage() + "): give PEM",
          unusable);
    }
  }

  /// No message shows anything of it.
  private PrivateKey secret(String algorithm) throws IOException {
    try {
      Matcher pem = KEY.matcher(Files.readString(key, US_ASCII));
      if (!pem.find()) {
        throw new GeneralSecurityException("no BEGIN PRIVATE KEY in it");
      }
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException | IOException unusable) {
      String why =
          unusable instanceof GeneralSecurityException && unusable.getCause() == null
              ? unusable.getMessage()
              : unusable.getClass().getSimpleName();
      throw new IOException(
          "%s: no key of %s can be read (%s): make it by openssl pkcs8 -topk8 -nocrypt"
              .formatted(key, certificate, why),
          unusable);
    }
  }
}
