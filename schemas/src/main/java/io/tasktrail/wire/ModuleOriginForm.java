package io.tasktrail.wire;

import io.tasktrail.event.ModuleOrigin;

/// The fields `path` to `sha256` of a module that was to be loaded.
final class ModuleOriginForm {

  private ModuleOriginForm() {}

  static void write(ModuleOrigin origin, AvroOutput out) {
    out.text(origin.path());
    out.number(origin.device());
    out.number(origin.inode());
    out.text(origin.parameters());
    out.flag(origin.parametersTruncated());
    out.text(origin.sha256());
  }

  static ModuleOrigin read(AvroInput in) {
    return new ModuleOrigin(in.text(), in.number(), in.number(), in.text(), in.flag(), in.text());
  }
}
