package io.tasktrail.wire;

import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.HostId;
import java.util.Arrays;
import java.util.UUID;

/// What a record has in common with the record before it of the same host: the same values for the
/// same bytes, so that nothing is made anew for each record. Not for use by several threads at the
/// same time.
final class Repeated {

  /// A power of two. Two hosts in one place are right too, and slower.
  private static final int PLACES = 256;

  private final Last[] places = new Last[PLACES];
  private Last last = new Last();

  /// What the last record of a host said.
  private static final class Last {
    private HostId host = new HostId(new UUID(0, 0));
    private BootId boot = new BootId(new UUID(0, 0));
    private CaptureId capture = new CaptureId(new UUID(0, 0));
    private String hostName = "";
    private byte[] hostNameBytes = {0};
  }

  /// Comes first: the others are of this host.
  HostId host(AvroInput in) {
    last = at(in.hashOfUuid() & (PLACES - 1));
    if (!in.passes(last.host.value())) {
      last.host = new HostId(in.uuid());
    }
    return last.host;
  }

  private Last at(int place) {
    if (places[place] == null) {
      places[place] = new Last();
    }
    return places[place];
  }

  BootId boot(AvroInput in) {
    if (!in.passes(last.boot.value())) {
      last.boot = new BootId(in.uuid());
    }
    return last.boot;
  }

  CaptureId capture(AvroInput in) {
    if (!in.passes(last.capture.value())) {
      last.capture = new CaptureId(in.uuid());
    }
    return last.capture;
  }

  String hostName(AvroInput in) {
    if (!in.passes(last.hostNameBytes)) {
      int from = in.position();
      last.hostName = in.string();
      last.hostNameBytes = Arrays.copyOfRange(in.array(), from, in.position());
    }
    return last.hostName;
  }
}
