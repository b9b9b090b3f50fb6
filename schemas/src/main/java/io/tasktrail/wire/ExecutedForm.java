package io.tasktrail.wire;

import io.tasktrail.event.Actor;
import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Image;
import io.tasktrail.event.Place;
import io.tasktrail.event.TaskKey;
import io.tasktrail.event.UserNames;

/// `Executed`. The contract has the fields of image, arguments and place in an order of its own.
final class ExecutedForm {

  private ExecutedForm() {}

  static void write(Fact.Executed executed, AvroOutput out) {
    Image image = executed.image();
    Place place = executed.place();
    TaskKeyForm.write(executed.parent(), out);
    out.number(executed.oldPid());
    out.text(image.filename());
    out.text(image.interpreter());
    out.text(image.executable());
    out.text(place.cwd());
    ArgumentsForm.write(executed.arguments(), out);
    out.text(place.tty());
    out.number(image.device());
    out.number(image.inode());
    out.flag(image.secure());
    out.flag(image.unlinked());
    write(place.namespaces(), out);
    out.number(place.cgroupId());
    ArgumentsForm.writeRules(executed.arguments(), out);
    CgroupForm.write(place.cgroup(), out);
    out.number(place.ownPid());
    out.number(image.changedNanos());
    out.text(image.sha256());
    out.text(executed.names().user());
    out.text(executed.names().effective());
    out.text(executed.names().login());
    out.flag(executed.arguments().bestEffort());
  }

  private static void write(Place.Namespaces namespaces, AvroOutput out) {
    out.number(namespaces.pid());
    out.number(namespaces.mnt());
    out.number(namespaces.net());
    out.number(namespaces.user());
  }

  static Fact.Executed read(Actor actor, AvroInput in) {
    TaskKey parent = TaskKeyForm.read(in);
    int oldPid = in.integer();
    ByteText filename = in.text();
    ByteText interpreter = in.text();
    ByteText executable = in.text();
    ByteText cwd = in.text();
    Arguments arguments = ArgumentsForm.read(in);
    String tty = in.string();
    long device = in.number();
    long inode = in.number();
    boolean secure = in.flag();
    boolean unlinked = in.flag();
    Place.Namespaces namespaces = namespaces(in);
    long cgroupId = in.number();
    Arguments masked = ArgumentsForm.readRules(arguments, in);
    Place place = new Place(cwd, tty, namespaces, cgroupId, CgroupForm.read(in), in.number());
    Image image =
        new Image(
            filename,
            interpreter,
            executable,
            device,
            inode,
            secure,
            unlinked,
            in.number(),
            in.text());
    UserNames names = new UserNames(in.string(), in.string(), in.string());
    Arguments whole = in.flag() ? masked.asBestEffort() : masked;
    return new Fact.Executed(actor, parent, oldPid, image, whole, place, names);
  }

  private static Place.Namespaces namespaces(AvroInput in) {
    return new Place.Namespaces(in.number(), in.number(), in.number(), in.number());
  }
}
