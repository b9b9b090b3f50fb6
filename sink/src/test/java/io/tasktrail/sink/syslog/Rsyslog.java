package io.tasktrail.sink.syslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// rsyslog, as Debian packages it.
final class Rsyslog extends SyslogServer {

  private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");
  private static final List<Path> MODULES =
      List.of(Path.of("/usr/lib/x86_64-linux-gnu/rsyslog"), Path.of("/usr/lib64/rsyslog"));

  private final String encryption;

  Rsyslog(Path folder) throws IOException {
    super(folder, false);
    this.encryption = "module(load=\"imtcp\")";
  }

  /// With TLS by OpenSSL, for clients with a certificate of the same authority.
  Rsyslog(Path folder, Certificates certificates, String name) throws IOException {
    super(folder, true);
    this.encryption =
        """
        global(DefaultNetstreamDriverCAFile="%s" DefaultNetstreamDriverCertFile="%s"
               DefaultNetstreamDriverKeyFile="%s")
        module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1"
               StreamDriver.AuthMode="x509/certvalid")
        """
            .formatted(
                certificates.authority(), certificates.certificate(name), certificates.key(name));
  }

  static boolean isThere() throws InterruptedException {
    return Files.isExecutable(PROGRAM)
        && MODULES.stream().anyMatch(folder -> Files.exists(folder.resolve("lmnsd_ossl.so")))
        && Certificates.isThere();
  }

  @Override
  ProcessBuilder command() throws IOException {
    Path config = folder.resolve("rsyslog.conf");
    Files.writeString(
        config,
        """
        global(workDirectory="%s")
        %s
        module(load="mmpstrucdata")
        template(name="parsed" type="list") {
          property(name="$!rfc5424-sd")
          constant(value="\\t")
          property(name="msg")
          constant(value="\\n")
        }
        input(type="imtcp" address="127.0.0.1" port="%d")
        if $programname == "tasktrail" then {
          action(type="mmpstrucdata")
          action(type="omfile" file="%s" template="parsed")
        } else {
          action(type="omfile" file="%s")
        }
        """
            .formatted(folder, encryption, port, out(), folder.resolve("said")));
    return new ProcessBuilder(
        PROGRAM.toString(), "-n", "-f", config.toString(), "-i", folder.resolve("pid").toString());
  }
}
