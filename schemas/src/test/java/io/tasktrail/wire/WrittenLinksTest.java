package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Link;
import io.tasktrail.event.LinkSource;
import io.tasktrail.event.TaskKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WrittenLinksTest {

  private static final long SEED = 20_261_129;
  private static final int RECORDS = 3000;

  private final WrittenLinks links = new WrittenLinks();

  @Test
  void whatWasWrittenBeforeChangesNoRecord() {
    RandomRecords random = new RandomRecords(SEED);
    List<AuditEvent> records = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      AuditEvent record = random.auditEvent();
      records.add(record);
      records.add(record);
    }
    Collections.shuffle(records, new Random(SEED));
    BinaryCodec<AuditEvent> used = BinaryCodec.auditEvents();
    for (AuditEvent record : records) {
      assertThat(used.encode(record)).isEqualTo(BinaryCodec.auditEvents().encode(record));
    }
  }

  @Test
  void aLinkIsFoundAndNotOneThatEqualsIt() {
    Link link = link(1);
    Link equal = link(1);
    byte[] written = {1};

    assertThat(links.ofOrNull(link)).isNull();
    links.put(link, written);

    assertThat(links.ofOrNull(link)).isSameAs(written);
    assertThat(links.ofOrNull(equal)).isNull();
  }

  @Test
  void manyTakeThePlacesOfOthers() {
    List<Link> many = new ArrayList<>();
    for (int ordinal = 1; ordinal <= 3 * WrittenLinks.PLACES; ordinal++) {
      Link link = link(ordinal);
      links.put(link, new byte[1]);
      many.add(link);
    }

    assertThat(links.ofOrNull(many.getLast())).isNotNull();
    assertThat(many.stream().filter(link -> links.ofOrNull(link) != null).count())
        .isLessThanOrEqualTo(WrittenLinks.PLACES);
  }

  @Test
  void aLongOneIsNotKept() {
    Link link = link(1);

    links.put(link, new byte[4096]);

    assertThat(links.ofOrNull(link)).isNull();
  }

  private static Link link(long ordinal) {
    ByteText name = ByteText.of("x");
    return new Link(ordinal, TaskKey.ROOT, name, name, 0, 0, 0, LinkSource.EXECUTED);
  }
}
