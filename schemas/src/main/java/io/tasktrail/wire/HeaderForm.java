package io.tasktrail.wire;

import io.tasktrail.event.Header;

/// What a `TaskEvent` says first.
final class HeaderForm {

  private HeaderForm() {}

  static void write(Header header, AvroOutput out) {
    out.uuid(header.host().value());
    out.text(header.hostName());
    out.uuid(header.boot().value());
    out.uuid(header.capture().value());
    out.number(header.cpu());
    out.number(header.sequence());
    out.number(header.bootNanos());
    out.number(header.wallOffsetNanos());
    out.flag(header.quiet());
  }

  static Header read(Repeated repeated, AvroInput in) {
    return new Header(
        repeated.host(in),
        repeated.hostName(in),
        repeated.boot(in),
        repeated.capture(in),
        in.integer(),
        in.number(),
        in.number(),
        in.number(),
        in.flag());
  }
}
