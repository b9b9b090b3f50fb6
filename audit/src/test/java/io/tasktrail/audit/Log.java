package io.tasktrail.audit;

import java.util.ArrayList;
import java.util.List;

/// Lines of an audit log, written as the kernel and auditd write them.
final class Log {

  static final String X86_64 = "c000003e";

  private final List<String> lines = new ArrayList<>();
  private int serial = 100;
  private long millis = 1_700_000_000_000L;

  String[] lines() {
    return lines.toArray(String[]::new);
  }

  List<String> list() {
    return lines;
  }

  String head(String type) {
    return "type=%s msg=audit(%d.%03d:%d):".formatted(type, millis / 1000, millis % 1000, serial);
  }

  Log next() {
    serial++;
    millis += 10;
    return this;
  }

  Log add(String type, String rest) {
    lines.add(head(type) + " " + rest);
    return this;
  }

  Log syscall(int number, String outcome, int ppid, int pid, String comm, String more) {
    return add(
        "SYSCALL",
        "arch=%s syscall=%d %s %s items=0 ppid=%d pid=%d auid=1000 uid=1000 gid=1000 euid=1000 suid=1000 fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=pts0 ses=3 comm=\"%s\" exe=\"/usr/bin/%s\" key=(null)"
            .formatted(X86_64, number, outcome, more, ppid, pid, comm, comm));
  }

  Log exec(int ppid, int pid, String... argv) {
    next().syscall(59, "success=yes exit=0", ppid, pid, argv[0], "a0=1 a1=2 a2=3 a3=4");
    StringBuilder text = new StringBuilder("argc=" + argv.length);
    for (int i = 0; i < argv.length; i++) {
      text.append(" a").append(i).append("=\"").append(argv[i]).append('"');
    }
    add("EXECVE", text.toString());
    add("CWD", "cwd=\"/root\"");
    add(
        "PATH",
        "item=0 name=\"/usr/bin/" + argv[0] + "\" inode=77 dev=08:01 mode=0100755 nametype=NORMAL");
    return add("PROCTITLE", "proctitle=2F62696E");
  }

  Log fork(int ppid, int pid, int child, String comm) {
    return next()
        .syscall(
            56, "success=yes exit=" + child, ppid, pid, comm, "a0=1200011 a1=0 a2=0 a3=7f5e10");
  }

  /// A fork that was called so long before, and returns now.
  Log forkCalled(int beforeMillis, int ppid, int pid, int child, String comm) {
    serial++;
    millis += beforeMillis;
    syscall(56, "success=yes exit=" + child, ppid, pid, comm, "a0=1200011 a1=0 a2=0 a3=7f5e10");
    millis -= beforeMillis;
    return this;
  }

  Log exit(int ppid, int pid, String comm, int code) {
    return next()
        .syscall(231, "", ppid, pid, comm, "a0=" + Integer.toHexString(code) + " a1=0 a2=0 a3=0");
  }
}
