package io.tasktrail.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/// Writes a log as auditd would: somebody logs in, and does things.
final class AuditStory {

  private static final long BEGIN_SECONDS = 1_795_000_000;

  private final Path log;
  private int serial;

  AuditStory(Path log) {
    this.log = log;
  }

  private void write(String type, String text) throws IOException {
    Files.writeString(
        log,
        "type=%s msg=audit(%d.120:%d): %s%n".formatted(type, BEGIN_SECONDS + serial, serial, text),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String who(int ppid, int pid, String comm) {
    return "ppid=%d pid=%d auid=1000 uid=1000 gid=1000 euid=1000 egid=1000 tty=pts0 ses=3 comm=\"%s\" exe=\"/usr/bin/%s\""
        .formatted(ppid, pid, comm, comm);
  }

  /// A task of this pid executes a program.
  void executes(int ppid, int pid, String comm) throws IOException {
    serial++;
    write(
        "SYSCALL",
        "arch=c000003e syscall=59 success=yes exit=0 %s key=\"tasktrail\""
            .formatted(who(ppid, pid, comm)));
    write("EXECVE", "argc=1 a0=\"" + comm + "\"");
    write("CWD", "cwd=\"/root\"");
    write("EOE", "");
  }

  /// A program says that it ran a command for somebody.
  void commands(int pid, String command) throws IOException {
    serial++;
    write(
        "USER_CMD",
        "pid=%d uid=1000 auid=1000 ses=3 msg='cwd=\"/root\" cmd=%s exe=\"/usr/bin/sudo\" res=success'"
            .formatted(pid, HexFormat.of().withUpperCase().formatHex(command.getBytes(UTF_8))));
  }

  /// It was denied something.
  void isDenied(int ppid, int pid, String comm) throws IOException {
    serial++;
    write("AVC", "avc:  denied  { read } for  pid=%d comm=\"%s\"".formatted(pid, comm));
    write(
        "SYSCALL",
        "arch=c000003e syscall=257 success=no exit=-13 %s key=(null)"
            .formatted(who(ppid, pid, comm)));
    write("EOE", "");
  }

  /// It touched a file that is watched.
  void touches(int ppid, int pid, String comm, String file) throws IOException {
    serial++;
    write(
        "SYSCALL",
        "arch=c000003e syscall=257 success=yes exit=3 %s key=\"shadow\""
            .formatted(who(ppid, pid, comm)));
    write("PATH", "item=0 name=\"" + file + "\" inode=7 dev=08:01 mode=0100640 nametype=NORMAL");
    write("EOE", "");
  }

  /// The log is rotated as auditd does it.
  void rotate() throws IOException {
    Files.move(log, log.resolveSibling(log.getFileName() + ".1"));
  }
}
