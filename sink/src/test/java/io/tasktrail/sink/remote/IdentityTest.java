package io.tasktrail.sink.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  /// Of a key of EC, for a hundred years.
  private static final String CERTIFICATE =
"""
      -----BEGIN CERTIFICATE-----
      MIIBdTCCARugAwIBAgIUNMiEaxOvi1HnMy1+GaJwtqkF6RkwCgYIKoZIzj0EAwIw
      DzENMAsGA1UEAwwEc2luazAgFw0yNjExMjkxMjU2MzNaGA8yMTI2MTEwNTEyNTYz
      M1owDzENMAsGA1UEAwwEc2luazBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPrS
      Cp4MD7d6GiJVZTBYku3TO9SgCPGnhF79rOT5Uz1PEkOpbNsGwGOqb60Xvp9y22Ga
      +PUlr7XwWVEExaJ5ySujUzBRMB0GA1UdDgQWBBRDfCjnqJKIS8ekyqOg557IfjHe
      /jAfBgNVHSMEGDAWgBRDfCjnqJKIS8ekyqOg557IfjHe/jAPBgNVHRMBAf8EBTAD
      AQH/MAoGCCqGSM49BAMCA0gAMEUCIQC997nyzCbzssrDniymTbNIEEFAfnX2mfxr
      GVJrVR/bUAIgfaAVnldxh+VqimF+BpRdV/baWRu1RIh40Oa0xMckxT4=
      -----END CERTIFICATE-----
""";

  @TempDir Path folder;
  private Identity identity;

  @BeforeEach
  void write() throws IOException {
    identity = new Identity(folder.resolve("sink.pem"), folder.resolve("sink.key"));
    Files.writeString(identity.certificate(), CERTIFICATE);
  }

  @Test
  void aKeyInPemIsRead() throws Exception {
    byte[] key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    Files.writeString(
        identity.key(),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n");

    assertThat(identity.managers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc2VjcmV0\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0===\n-----END PRIVATE KEY-----\n"
      })
  void whatIsNoKeyIsToldWithTheCureAndIsNotShown(String text) throws IOException {
    Files.writeString(identity.key(), text);

    assertThatIOException()
        .isThrownBy(identity::managers)
        .withMessageStartingWith(identity.key() + ": no key of " + identity.certificate())
        .withMessageEndingWith("make it by openssl pkcs8 -topk8 -nocrypt")
        .withMessageNotContaining("c2VjcmV0")
        .withMessageNotContaining("secret");
  }

  @Test
  void aMissingKeyIsTold() {
    assertThatIOException()
        .isThrownBy(identity::managers)
        .withMessageContaining("(NoSuchFileException)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no certificate"})
  void whatIsNoCertificateIsTold(String text) throws IOException {
    Files.writeString(identity.certificate(), text);

    assertThatIOException()
        .isThrownBy(identity::managers)
        .withMessageStartingWith(identity.certificate() + ": no certificate can be read");
  }
}
