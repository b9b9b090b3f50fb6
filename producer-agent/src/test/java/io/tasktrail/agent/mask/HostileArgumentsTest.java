package io.tasktrail.agent.mask;

import static io.tasktrail.agent.mask.CommandLines.arguments;
import static io.tasktrail.agent.mask.CommandLines.image;
import static io.tasktrail.agent.mask.CommandLines.strings;
import static io.tasktrail.agent.mask.CommandLines.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody would type.
class HostileArgumentsTest {

  private static final int BYTES = 64 << 10;

  private final Masking masking = new Masking(Rules.shipped());

  /// Once masked, nothing changes any more, whatever the bytes are.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=",
        "://@",
        "://a:b/",
        "-----BEGIN ",
        "-----BEGIN RSA PRIVATE KEY-----",
        "password=",
        "&password=",
        "\"password\":",
        "sk-",
        "eyJ",
        "'",
        "\\",
        "$(",
        "sh -c '",
        "-p ",
        "=",
        ":",
        "\u00ff"
      })
  void repeatedForever(String piece) {
    String text = piece.repeat(BYTES / piece.length());
    for (List<String> line :
        List.of(
            List.of("x", text),
            List.of("sh", "-c", text),
            List.of("ssh", "h", text),
            List.of("curl", text))) {
      Arguments masked = masking.mask(image("/x"), arguments(line));

      assertThat(masked.values()).hasSameSizeAs(line);
      assertThat(masking.mask(image("/x"), masked).values()).isEqualTo(masked.values());
    }
  }

  /// Work that nobody's clock has to measure: what is made anew for each argument.
  @ParameterizedTest
  @ValueSource(strings = {"curl -u", "curl -s", "mysql -pa", "x --token", "ls -l", "docker -p"})
  void whatRepeatsCostsNoObjects(String pieces) {
    List<String> line = new ArrayList<>(List.of(pieces.split(" ", -1)[0]));
    String piece = pieces.split(" ", -1)[1];
    Stream.generate(() -> piece).limit(BYTES / piece.length()).forEach(line::add);
    Arguments hostile = arguments(line);
    Arguments first = masking.mask(image("/x"), hostile);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    Arguments again = masking.mask(image("/x"), hostile);
    long made = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(again).isEqualTo(first);
    assertThat(made).isLessThan(3L * Long.BYTES * line.size());
  }

  @Test
  void whatLooksTheSameAndIsNotIsMaskedByItself() {
    List<String> line = List.of("mysql", "-pa", "-pb", "-pb", "x", "-pb", "-pbc", "--password=b");

    assertThat(strings(masking.mask(image("/x"), arguments(line))))
        .containsExactly(
            "mysql", "-p***", "-p***", "-p***", "x", "-p***", "-p***", "--password=***");
    assertThat(
            strings(
                masking.mask(
                    image("/x"), arguments(List.of("x", "t=1", "a_token=1", "b_token=1")))))
        .containsExactly("x", "t=1", "a_token=***", "b_token=***");
  }

  @Test
  void aHundredThousandArguments() {
    List<String> line = new ArrayList<>(List.of("mysql"));
    Stream.generate(() -> "-pa").limit(100_000).forEach(line::add);

    assertThat(masking.mask(image("/x"), arguments(line)).values())
        .hasSize(100_001)
        .endsWith(ByteText.of("-p***"));
  }

  @Test
  void anyBytesAtAllStayAsManyArgumentsAndAreMaskedOnce() {
    Random random = new Random(5);
    String[] pieces = {
      "mysql",
      "sh",
      "-c",
      "-p",
      "password",
      "=",
      ":",
      "//",
      "@",
      "'",
      "\"",
      " ",
      ";",
      "|",
      "\\",
      "token",
      "a1",
      "-u",
      "***",
      "--",
      "eyJ",
      "-----BEGIN PRIVATE KEY-----",
      "-----END",
      "&",
      "?",
      "authorization",
      "ssh",
      "curl",
      "{",
      "}",
      ",",
      "\n",
      "\u00ff",
      "login",
      "docker"
    };
    for (int round = 0; round < 20_000; round++) {
      List<String> line = new ArrayList<>();
      for (int words = 1 + random.nextInt(6); words > 0; words--) {
        StringBuilder word = new StringBuilder();
        for (int parts = random.nextInt(8); parts > 0; parts--) {
          word.append(pieces[random.nextInt(pieces.length)]);
        }
        line.add(word.toString());
      }

      Arguments once = masking.mask(image("/x"), arguments(line));
      Arguments twice = masking.mask(image("/x"), once);

      assertThat(once.values()).hasSameSizeAs(line);
      assertThat(strings(twice)).as("of %s", line).isEqualTo(strings(once));
    }
  }

  /// In each place that the rules know: a secret of any bytes but those that end it there.
  @Test
  void noSecretIsLeft() {
    Random random = new Random(6);
    for (String line :
        List.of(
            "mysql -pSECRET",
            "curl -u user:SECRET",
            "x --password=SECRET",
            "x --password SECRET",
            "env PGPASSWORD=SECRET psql",
            "java -Da.secret=SECRET",
            "openssl rsa -passin pass:SECRET",
            "sshpass -p SECRET ssh h",
            "redis-cli -a SECRET",
            "docker login -p SECRET",
            "htpasswd -b f u SECRET",
            "curl '-HAuthorization: Bearer SECRET'",
            "x '-----BEGIN PRIVATE KEY-----SECRET-----END PRIVATE KEY-----'")) {
      for (int round = 0; round < 500; round++) {
        String secret = secret(random);
        List<String> words =
            words(line).stream().map(word -> word.replace("SECRET", secret)).toList();

        assertThat(strings(masking.mask(image("/x"), arguments(words))))
            .as("of %s", words)
            .noneMatch(word -> word.contains(secret));
      }
    }
  }

  /// At least 8 printable characters, the first a letter.
  private static String secret(Random random) {
    StringBuilder secret = new StringBuilder("s");
    random.ints(7 + random.nextInt(30), ' ', 0x7F).forEach(secret::appendCodePoint);
    return secret.toString();
  }
}
