package io.tasktrail.sink.syslog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;

class SyslogNgIT extends SyslogServerContract {

  @BeforeAll
  static void isThere() throws Exception {
    boolean there = SyslogNg.isThere();
    if (!there) {
      System.out.println("skipped: no syslog-ng, and no apt to get it by");
    }
    assumeTrue(there, "no syslog-ng, and no apt to get it by");
  }

  @Override
  SyslogServer plain() throws IOException {
    return new SyslogNg(folder);
  }

  @Override
  SyslogServer encrypted(Certificates certificates, String name) throws IOException {
    return new SyslogNg(folder, certificates, name);
  }
}
