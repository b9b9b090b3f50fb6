package io.tasktrail.sink.connect;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A destination in memory that fails on demand.
final class FakeDestination implements Destination {

  final List<String> synced = new ArrayList<>();
  int failuresToCome;
  int writesUntilFailure = Integer.MAX_VALUE;
  RuntimeException defect;
  int syncs;
  Positions positions = Positions.NONE;
  private final List<String> written = new ArrayList<>();
  private Source known;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Positions resume(Source source) throws IOException {
    fail();
    written.clear();
    if (known != null && !known.equals(source)) {
      positions = Positions.NONE;
    }
    known = source;
    return positions;
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    Words.format().format(event);
    written.add(Words.word(event));
    if (writesUntilFailure-- == 0) {
      failuresToCome = 1;
    }
    fail();
  }

  @Override
  public void sync(Positions reached) throws IOException {
    fail();
    if (defect != null) {
      throw defect;
    }
    synced.addAll(written);
    written.clear();
    positions = reached;
    syncs++;
  }

  @Override
  public void close() {}

  private void fail() throws IOException {
    if (failuresToCome > 0) {
      failuresToCome--;
      throw new IOException("memory: No space left on device");
    }
  }
}
