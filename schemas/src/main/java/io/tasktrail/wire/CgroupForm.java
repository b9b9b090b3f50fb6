package io.tasktrail.wire;

import io.tasktrail.event.Cgroup;

/// The fields `cgroup` to `user_unit`.
final class CgroupForm {

  private CgroupForm() {}

  static void write(Cgroup cgroup, AvroOutput out) {
    out.text(cgroup.path());
    out.text(cgroup.containerId());
    out.text(cgroup.containerRuntime());
    out.text(cgroup.unit());
    out.text(cgroup.userUnit());
  }

  static Cgroup read(AvroInput in) {
    return new Cgroup(in.text(), in.string(), in.string(), in.string(), in.string());
  }
}
