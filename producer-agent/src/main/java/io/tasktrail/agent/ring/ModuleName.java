package io.tasktrail.agent.ring;

import io.tasktrail.event.ByteText;

/// What a module is called that the kernel does not name.
final class ModuleName {

  private ModuleName() {}

  /// As its file is called, without what follows the first dot and with underscores, as the kernel
  /// has it: `/lib/modules/…/snd-hda.ko.xz` is `snd_hda`. Empty where there is no file.
  static ByteText ofFile(ByteText path) {
    byte[] name = path.baseName().toBytes();
    int length = 0;
    while (length < name.length && name[length] != '.') {
      name[length] = name[length] == '-' ? (byte) '_' : name[length];
      length++;
    }
    return ByteText.of(name, 0, length);
  }
}
