package io.tasktrail.wire;

import io.tasktrail.event.BootId;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.HostId;
import java.util.Arrays;
import java.util.UUID;

/// What a record has in common with the record before it: the same values for the same bytes, so
/// that nothing is made anew for each record. Not for use by several threads at once.
final class Repeated {

  private HostId host = new HostId(new UUID(0, 0));
  private BootId boot = new BootId(new UUID(0, 0));
  private CaptureId capture = new CaptureId(new UUID(0, 0));
  private String hostName = "";
  private byte[] hostNameBytes = {0};

  HostId host(AvroInput in) {
    if (!in.passes(host.value())) {
      host = new HostId(in.uuid());
    }
    return host;
  }

  BootId boot(AvroInput in) {
    if (!in.passes(boot.value())) {
      boot = new BootId(in.uuid());
    }
    return boot;
  }

  CaptureId capture(AvroInput in) {
    if (!in.passes(capture.value())) {
      capture = new CaptureId(in.uuid());
    }
    return capture;
  }

  String hostName(AvroInput in) {
    if (!in.passes(hostNameBytes)) {
      int from = in.position();
      hostName = in.string();
      hostNameBytes = Arrays.copyOfRange(in.array(), from, in.position());
    }
    return hostName;
  }
}
