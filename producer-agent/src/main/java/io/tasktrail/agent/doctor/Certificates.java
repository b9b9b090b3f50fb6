package io.tasktrail.agent.doctor;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/// How long certificates are still valid.
final class Certificates {

  /// So long before it ends, a warning is due.
  static final Duration NOTICE = Duration.ofDays(14);

  private Certificates() {}

  /// The agent's own, of its key store.
  static Finding of(DefaultSslEngineFactory factory, Instant now) {
    List<Certificate> own = new ArrayList<>();
    try {
      KeyStore store = factory.keystore();
      for (String alias : Collections.list(store.aliases())) {
        own.add(store.getCertificate(alias));
      }
    } catch (KeyStoreException notLoaded) {
      return Finding.fail("the key store can't be read", "correct ssl.keystore.*");
    }
    return judge("the agent's", own, now);
  }

  /// The one that ends first.
  static Finding judge(String whose, List<Certificate> certificates, Instant now) {
    Optional<Instant> first =
        certificates.stream()
            .filter(X509Certificate.class::isInstance)
            .map(each -> ((X509Certificate) each).getNotAfter().toInstant())
            .min(Comparator.naturalOrder());
    return first
        .map(end -> judge(whose, end, now))
        .orElseGet(() -> Finding.ok(whose + " certificates say no end"));
  }

  /// @param end when a certificate ceases to be valid
  static Finding judge(String whose, Instant end, Instant now) {
    String found = whose + " certificates are valid until " + end;
    String cure = "have " + whose + " certificate renewed";
    if (end.isBefore(now)) {
      return Finding.fail(found + ": that is over", cure);
    }
    long days = Duration.between(now, end).toDays();
    return days < NOTICE.toDays()
        ? Finding.warn(found + ", " + days + " days from now", cure)
        : Finding.ok(found);
  }
}
