package io.tasktrail.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.agent.rules.RuleText;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Cgroup;
import io.tasktrail.event.Credentials;
import io.tasktrail.role.Failure;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRulesTest {

  private static final String CONTAINER = "c0ffee".repeat(10) + "beef";
  private static final Credentials PROMETHEUS = new Credentials(999, 0, 0, 0, 1000, 7);
  private static final Credentials SERVICE =
      new Credentials(0, 0, 0, 0, Credentials.UNSET, Credentials.UNSET);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exe=/usr/bin/node_exporter",
        "exe=/usr/*",
        "exe=*/node_exporter",
        "exe=/usr/*/node_exporter",
        "user=prometheus",
        "user=999 exe=*",
        "euser=root",
        "login=1000",
        "login=*",
        "session=7",
        "session=*",
        "tty=yes",
        "container=c0ff",
        "container=*",
        "unit=docker-*"
      })
  void aConditionHolds(String conditions) {
    assertThat(rules("exclude " + conditions).quiet(exporter())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exe=/usr/bin/node_exporter2",
        "exe=/usr/bin/node_exporte",
        "exe=/usr/bin/node_exporter*r",
        "exe=/opt/*",
        "user=root",
        "euser=prometheus",
        "login=none",
        "session=none",
        "session=8",
        "tty=no",
        "container=none",
        "container=beef",
        "unit=docker.service",
        "exe=/usr/bin/node_exporter user=root"
      })
  void aConditionDoesNotHold(String conditions) {
    assertThat(rules("exclude " + conditions).quiet(exporter())).isFalse();
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    FilterRules rules =
        rules("# quiet, but never what people do\n\ninclude session=*\nexclude exe=/usr/*");

    assertThat(rules.quiet(exporter())).isFalse();
    assertThat(rules.quiet(of("/usr/bin/x", SERVICE))).isTrue();
    assertThat(rules.quiet(of("/opt/x", SERVICE))).isFalse();
  }

  @Test
  void whatNoRuleMatchesIsAsTheDefaultSays() {
    FilterRules rules = rules("include user=prometheus\ndefault exclude");

    assertThat(rules.quiet(exporter())).isFalse();
    assertThat(rules.quiet(of("/usr/bin/x", SERVICE))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "exclude exe=/a*",
    "exclude tty=no",
    "exclude container=none",
    "exclude unit=*",
  })
  void whatIsNotKnownIsTold(String rule) {
    Circumstances unknown =
        new Circumstances(ByteText.EMPTY, SERVICE, Optional.empty(), Cgroup.UNKNOWN);

    assertThat(rules(rule).quiet(unknown)).isFalse();
    assertThat(rules(rule.replace("exclude", "include") + "\ndefault exclude").quiet(unknown))
        .isFalse();
  }

  @Test
  void onlyRulesThatExcludeLeaveAnythingOut() {
    assertThat(FilterRules.NONE.leaveOutNothing()).isTrue();
    assertThat(rules("include user=0\ndefault include").leaveOutNothing()).isTrue();
    assertThat(rules("exclude user=0").leaveOutNothing()).isFalse();
    assertThat(rules("default exclude").leaveOutNothing()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drop exe=/x | f.rules:1: 'drop' is neither include, exclude nor default",
        "exclude | f.rules:1: after exclude stands KEY=VALUE",
        "exclude exe | f.rules:1: 'exe' is not KEY=VALUE",
        "exclude path=/x | f.rules:1: no key 'path'; there are exe, user",
        "exclude exe=node | f.rules:1: exe='node' is no path",
        "exclude exe=/a*b* | f.rules:1: '/a*b*' has more than one *",
        "exclude exe=/a exe=/b | f.rules:1: 'exe' stands there twice",
        "exclude user=nobody-here | f.rules:1: this host knows no user 'nobody-here'",
        "exclude user=4294967296 | f.rules:1: '4294967296' is no number",
        "exclude user= | f.rules:1: '' is no number",
        "exclude session=x | f.rules:1: 'x' is no number",
        "exclude tty=maybe | f.rules:1: tty is yes or no, and not 'maybe'",
        "exclude container=web | f.rules:1: the id of a container is given by 4 to 64",
        "default maybe | f.rules:1: 'maybe' is neither include",
        "default | f.rules:1: default is followed by include or exclude",
      })
  void aWrongRuleIsRefused(String rule, String because) {
    assertThatThrownBy(() -> rules(rule))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(because)
        .hasMessageContaining("correct filter.rules");
  }

  @Test
  void nothingFollowsTheDefault() {
    assertThatThrownBy(() -> rules("default include\nexclude user=0"))
        .hasMessageContaining("f.rules:2: nothing may follow");
  }

  @Test
  void everyWrongLineIsToldUpToABound() {
    assertThatThrownBy(() -> rules("x\n".repeat(10_000)))
        .hasMessageContaining("10000 rules of the filter are wrong")
        .hasMessageContaining("f.rules:20:")
        .hasMessageNotContaining("f.rules:21:");
  }

  @Test
  void moreRulesThanTheBoundAreRefused() {
    assertThatThrownBy(() -> rules("exclude exe=/x\n".repeat(10_000)))
        .hasMessageContaining("f.rules: 10000 rules are more than 1000");
  }

  static FilterRules rules(String text) {
    Users users =
        new Users(
            name ->
                switch (name) {
                  case "prometheus" -> OptionalLong.of(999);
                  case "root" -> OptionalLong.of(0);
                  default -> OptionalLong.empty();
                });
    return FilterRules.of(new RuleText("f.rules", text), users);
  }

  private static Circumstances exporter() {
    return of("/usr/bin/node_exporter", PROMETHEUS);
  }

  private static Circumstances of(String executable, Credentials credentials) {
    return new Circumstances(
        ByteText.of(executable),
        credentials,
        Optional.of(true),
        new Cgroup(
            ByteText.of("/system.slice/docker-" + CONTAINER + ".scope"),
            CONTAINER,
            "docker",
            "docker-" + CONTAINER + ".scope",
            ""));
  }
}
