package io.tasktrail.agent.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeafFirstPathTest {

  @ParameterizedTest
  @CsvSource({
    "'',                 true,  '/'",
    "'',                 false, ''",
    "'sh|',              true,  '/sh'",
    "'sh|bin|usr|',      true,  '/usr/bin/sh'",
    "'sh|bin|usr|',      false, 'usr/bin/sh'",
    "'a b|x=>y|',        true,  '/x=>y/a b'",
    "'memfd:x|',         true,  '/memfd:x'",
    "'|a|',              true,  '/a/'",
  })
  void componentsAreTurnedRound(String leafFirst, boolean whole, String path) {
    byte[] bytes = ("##" + leafFirst.replace('|', '\0') + "##").getBytes(UTF_8);

    assertThat(LeafFirstPath.join(bytes, 2, bytes.length - 4, whole)).hasToString(path);
  }
}
