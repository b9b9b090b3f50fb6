package io.tasktrail.sink.syslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// syslog-ng, as Debian packages it. That package and rsyslog's exclude each other, so it is not
/// installed but unpacked, with the libraries that it needs.
final class SyslogNg extends SyslogServer {

  private static final Path HOME = Path.of("target", "syslog-ng").toAbsolutePath();
  private static final List<String> PACKAGES =
      List.of("syslog-ng-core", "libivykis0", "libpcre3", "libnet1");
  private static final Path LIBRARIES = HOME.resolve("usr/lib/x86_64-linux-gnu");

  private final String encryption;

  SyslogNg(Path folder) throws IOException {
    super(folder, false);
    this.encryption = "transport(\"tcp\")";
  }

  /// With TLS, for clients with a certificate of the same authority.
  SyslogNg(Path folder, Certificates certificates, String name) throws IOException {
    super(folder, true);
    this.encryption =
        """
        transport("tls")
        tls(ca-file("%s") cert-file("%s") key-file("%s") peer-verify(required-trusted))
        """
            .formatted(
                certificates.authority(), certificates.certificate(name), certificates.key(name));
  }

  /// Unpacks it, once in the life of target/, where there is apt.
  static boolean isThere() throws Exception {
    if (!Files.isExecutable(program())) {
      Files.createDirectories(HOME);
      for (String name : PACKAGES) {
        if (!done("apt-get", "-qq", "download", name)) {
          return false;
        }
      }
      try (Stream<Path> files = Files.list(HOME)) {
        for (Path each : files.filter(it -> it.toString().endsWith(".deb")).toList()) {
          done("dpkg", "-x", each.toString(), HOME.toString());
        }
      }
    }
    return Files.isExecutable(program()) && Certificates.isThere();
  }

  private static boolean done(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("said").toFile())
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static Path program() {
    return HOME.resolve("usr/sbin/syslog-ng");
  }

  @Override
  ProcessBuilder command() throws IOException {
    Path config = folder.resolve("syslog-ng.conf");
    Files.writeString(
        config,
        """
        @version: 3.38
        options { stats-freq(0); keep-hostname(yes); };
        source s { syslog(ip("127.0.0.1") port(%d) %s); };
        destination d {
          file("%s" flush-lines(1) template("$(format-json --key .SDATA.*)\\t$MSG\\n"));
        };
        log { source(s); destination(d); };
        """
            .formatted(port, encryption, out()));
    ProcessBuilder builder =
        new ProcessBuilder(
            program().toString(),
            "-F",
            "--no-caps",
            "--stderr",
            "--module-path=" + HOME.resolve("usr/lib/syslog-ng/3.38"),
            "--cfgfile=" + config,
            "--persist-file=" + folder.resolve("persist"),
            "--pidfile=" + folder.resolve("pid"),
            "--control=" + folder.resolve("ctl"));
    builder
        .environment()
        .put(
            "LD_LIBRARY_PATH",
            String.join(
                ":",
                HOME.resolve("usr/lib/syslog-ng").toString(),
                LIBRARIES.toString(),
                HOME.resolve("lib/x86_64-linux-gnu").toString()));
    return builder;
  }
}
