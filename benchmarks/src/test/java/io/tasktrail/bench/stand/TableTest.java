package io.tasktrail.bench.stand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void figuresStandUnderEachOther() {
    Table table = new Table("what", "µs").row("long name", "1").row("x", "1,234").note("a note");
    assertThat(table)
        .hasToString(
            """
            what          µs
            long name      1
            x          1,234
            a note
            """);
  }
}
