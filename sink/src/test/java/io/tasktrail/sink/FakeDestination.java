package io.tasktrail.sink;

import io.tasktrail.event.AuditEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A destination in memory that fails on demand.
final class FakeDestination implements Destination {

  final List<String> synced = new ArrayList<>();
  int failuresToCome;
  int syncs;
  Positions positions = Positions.NONE;
  private final List<String> written = new ArrayList<>();

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Positions resume(Source source) throws IOException {
    fail();
    written.clear();
    return positions;
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    Words.format().format(event);
    written.add(Words.word(event));
    fail();
  }

  @Override
  public void sync(Positions reached) throws IOException {
    fail();
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
