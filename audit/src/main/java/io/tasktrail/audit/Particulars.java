package io.tasktrail.audit;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the fields of records say, each by itself: what is not there is empty, 0 or unknown.
final class Particulars {

  private Particulars() {}

  static OptionalInt pid(Fields fields) {
    return id(fields, "pid");
  }

  static OptionalInt id(Fields fields, String name) {
    OptionalLong number = fields.number(name);
    return number.isPresent() && 0 < number.getAsLong() && number.getAsLong() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  static boolean failed(Fields about) {
    return about.raw("success").filter("no"::equals).isPresent();
  }

  /// PATH is of the file that was named. Of a script that is not the one that is executed then.
  static Image image(AuditedEvent event, Fields about, Fields path, ByteText filename) {
    ByteText exe = about.text("exe");
    boolean unlinked = exe.toString().endsWith(" (deleted)");
    boolean same = !exe.isEmpty() && filename.baseName().equals(exe.baseName());
    boolean secure =
        differ(about, "uid", "euid")
            || differ(about, "gid", "egid")
            || (event.first("BPRM_FCAPS").isPresent() && about.number("uid").orElse(0) != 0);
    return new Image(
        filename,
        ByteText.EMPTY,
        exe,
        same ? device(path.raw("dev").orElse("")) : 0,
        same ? path.number("inode").orElse(0) : 0,
        secure,
        unlinked);
  }

  /// As the kernel decides it (`secureexec`): root gains nothing by capabilities of a file, though
  /// the record is there where root has not all of them.
  private static boolean differ(Fields about, String real, String effective) {
    return about.raw(real).isPresent()
        && about.raw(effective).isPresent()
        && !about.raw(real).equals(about.raw(effective));
  }

  private static long device(String dev) {
    int colon = dev.indexOf(':');
    if (colon < 0) {
      return 0;
    }
    long major = Numbers.hex(dev.substring(0, colon)).orElse(0);
    return major << 20 | Numbers.hex(dev.substring(colon + 1)).orElse(0);
  }

  static ByteText module(AuditedEvent event) {
    return event
        .first("KERN_MODULE")
        .or(() -> event.first("SYSCALL"))
        .map(it -> it.fields().text("name"))
        .orElse(ByteText.EMPTY);
  }

  static int errno(Fields about) {
    return Math.abs(Math.clamp(about.number("exit").orElse(0), -4096, 0));
  }

  static Fact.AuditOutcome outcome(Fields about) {
    String said = about.raw("success").or(() -> about.raw("res")).orElse("");
    return switch (said) {
      case "yes", "success", "1" -> Fact.AuditOutcome.SUCCESS;
      case "no", "failed", "0" -> Fact.AuditOutcome.FAILURE;
      default -> Fact.AuditOutcome.UNKNOWN;
    };
  }

  /// Several keys of one rule are joined by a byte 1, and hexadecimal then.
  static List<ByteText> keys(AuditedEvent event) {
    List<ByteText> keys = new ArrayList<>();
    event
        .first("SYSCALL")
        .map(record -> record.fields().text("key"))
        .filter(key -> !key.isEmpty())
        .ifPresent(key -> split(key, keys));
    return keys;
  }

  private static void split(ByteText key, List<ByteText> keys) {
    byte[] bytes = key.toBytes();
    int from = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == 1) {
        keys.add(ByteText.of(bytes, from, at - from));
        from = at + 1;
      }
    }
  }

  static ByteText comm(Fields about) {
    ByteText comm = about.text("comm");
    return comm.isEmpty() ? about.text("exe").baseName() : comm;
  }

  /// A record of a program says less than one of the kernel: the rest is as it was.
  static Credentials credentials(Fields about, Credentials before) {
    long uid = about.number("uid").orElse(before.uid());
    long gid = about.number("gid").orElse(before.gid());
    return new Credentials(
        uid,
        about.number("euid").orElse(uid),
        gid,
        about.number("egid").orElse(gid),
        about.number("auid").orElse(before.auid()),
        about.number("ses").orElse(before.session()));
  }
}
