package io.tasktrail.sink.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Trust in the certificates of a file, and in nobody else.
public final class Trust {

  private Trust() {}

  /// What trusts them.
  ///
  /// @param file one or more certificates, PEM
  /// @throws IOException if there is none in it: says how to mend it
  public static SSLContext in(Path file) throws IOException {
    return between(Optional.of(file), Optional.empty());
  }

  /// What trusts a server, and is trusted by it.
  ///
  /// @param authority one or more certificates, PEM; empty: whom Java trusts
  /// @param identity who this sink is, for servers that ask
  /// @throws IOException if a file can't be used: says how to mend it
  public static SSLContext between(Optional<Path> authority, Optional<Identity> identity)
      throws IOException {
    TrustManager[] trusted = authority.isPresent() ? managers(authority.get()) : null;
    KeyManager[] shown = identity.isPresent() ? identity.get().managers() : null;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown, trusted, null);
      return context;
    } catch (GeneralSecurityException withoutTls) {
      throw new IOException("TLS can't be used: " + withoutTls.getMessage(), withoutTls);
    }
  }

  private static TrustManager[] managers(Path file) throws IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + trusted.size(), each);
      }
      if (trusted.size() == 0) {
        throw new GeneralSecurityException("no certificate in it");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      return managers.getTrustManagers();
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IOException(
          file + ": no certificates can be read (" + unusable.getMessage() + "): give PEM",
          unusable);
    }
  }
}
