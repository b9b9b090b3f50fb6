package io.tasktrail.wire;

import io.tasktrail.event.BootId;
import io.tasktrail.event.HostId;
import io.tasktrail.event.LoadedModule;
import org.apache.avro.Schema;

/// `LoadedModule`.
final class LoadedModuleForm implements Form<LoadedModule> {

  private final Repeated repeated = new Repeated();

  @Override
  public Schema schema() {
    return Contract.LOADED_MODULE;
  }

  @Override
  public void write(LoadedModule module, AvroOutput out) {
    out.uuid(module.host().value());
    out.uuid(module.boot().value());
    out.text(module.name());
    out.number(module.taints());
    OptionalForm.write(module.loadedNanos(), out);
    AuditedTaskForm.write(module.loader(), out);
  }

  @Override
  public LoadedModule read(AvroInput in) {
    HostId host = repeated.host(in);
    BootId boot = repeated.boot(in);
    return new LoadedModule(
        host,
        boot,
        in.text(),
        in.number(),
        OptionalForm.number(in),
        AuditedTaskForm.optional(host, boot, in));
  }
}
