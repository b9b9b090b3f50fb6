package io.tasktrail.formats.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {

  @ParameterizedTest
  @CsvSource({
    "1,EPERM",
    "8,ENOEXEC",
    "13,EACCES",
    "17,EEXIST",
    "26,ETXTBSY",
    "34,ERANGE",
    "35,35",
    "40,ELOOP",
    "129,EKEYREJECTED",
    "0,0",
    "-1,-1",
    "2147483647,2147483647"
  })
  void aNumberHasItsNameOrIsItsOwn(int errno, String name) {
    assertThat(Errno.name(errno)).isEqualTo(name);
  }
}
