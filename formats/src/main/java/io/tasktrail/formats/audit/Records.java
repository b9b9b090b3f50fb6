package io.tasktrail.formats.audit;

import io.tasktrail.event.ByteText;

/// The records of one event, a line each.
final class Records {

  private final Stamp stamp;
  private final StringBuilder text = new StringBuilder(1024);
  private boolean isOfSyscall;
  private int from;

  Records(Stamp stamp) {
    this.stamp = stamp;
  }

  /// Begins the next record.
  Records record(String type) {
    isOfSyscall |= type.equals("SYSCALL");
    if (!text.isEmpty()) {
      text.append('\n');
    }
    from = text.length();
    text.append(stamp.head(type));
    return this;
  }

  /// One field; what `value` holds is trusted to be one word.
  Records field(String name, String value) {
    char last = text.charAt(text.length() - 1);
    if (last != ' ' && last != '\'') {
      text.append(' ');
    }
    text.append(name).append('=').append(value);
    return this;
  }

  Records field(String name, long value) {
    return field(name, Long.toString(value));
  }

  Records hex(String name, long value) {
    return field(name, Long.toHexString(value));
  }

  /// What a process chose.
  Records untrusted(String name, ByteText value) {
    return field(name, Untrusted.bounded(value));
  }

  /// The same, where nothing means that it is not known.
  Records untrustedOrNull(String name, ByteText value) {
    return value.isEmpty() ? field(name, "(null)") : untrusted(name, value);
  }

  /// Within `msg='…'`, as programs write theirs.
  Records message() {
    text.append(" msg='");
    return this;
  }

  void endMessage() {
    text.append('\'');
  }

  /// Whether the first of them is of a system call.
  boolean isOfSyscall() {
    return isOfSyscall;
  }

  /// Characters of the record so far.
  int length() {
    return text.length() - from;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
