package io.tasktrail.formats.splunk;

import static java.util.Map.entry;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.formats.facts.Attribute;
import io.tasktrail.formats.facts.Attributes;
import io.tasktrail.formats.facts.WallTime;
import io.tasktrail.formats.json.JsonLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An event of the HTTP event collector: `time`, `host`, `source`, `sourcetype` and `event`, which
/// has the fields of CIM's data model Endpoint (node Processes) by their names, `tag` among them,
/// and all that [Attributes] has within `tasktrail`. One JSON object.
///
/// @param index where it belongs; empty: where the collector's token says
/// @param source by which searches find it
/// @param sourcetype by which it is read
public record SplunkFormat(Optional<String> index, String source, String sourcetype) {

  /// As it is without anybody's wish.
  public static final SplunkFormat USUAL =
      new SplunkFormat(Optional.empty(), "tasktrail", "tasktrail:audit");

  private static final List<String> PROCESS = List.of("process", "report");
  private static final List<String> CHANGE = List.of("change", "endpoint");

  private static final Map<String, String> CIM =
      Map.ofEntries(
          entry("pid", "process_id"),
          entry("task", "process_guid"),
          entry("comm", "process_name"),
          entry("exe", "process_path"),
          entry("cmdline", "process"),
          entry("cwd", "process_current_directory"),
          entry("sha256", "process_hash"),
          entry("user", "user"),
          entry("uid", "user_id"),
          entry("parent_pid", "parent_process_id"),
          entry("parent_task", "parent_process_guid"),
          entry("parent_comm", "parent_process_name"),
          entry("parent_exe", "parent_process_path"),
          entry("parent_cmdline", "parent_process"));

  /// The event as one object, on one line.
  public byte[] format(AuditEvent audit) {
    JsonLine json = new JsonLine();
    Header header = audit.event().header();
    json.object(
        () -> {
          json.decimal("time", WallTime.of(header).millis(header.bootNanos()), 3);
          json.text("host", header.hostName());
          index.ifPresent(name -> json.text("index", name));
          json.text("source", source);
          json.text("sourcetype", sourcetype);
          json.object("event", () -> event(json, audit));
        });
    return json.toBytes();
  }

  private static void event(JsonLine json, AuditEvent audit) {
    List<Attribute> attributes = Attributes.of(audit);
    json.text("vendor_product", "tasktrail");
    json.text("dest", audit.event().header().hostName());
    json.text("os", "Linux");
    json.text("action", isRefused(attributes) ? "blocked" : "allowed");
    json.texts("tag", isOfModule(audit) ? CHANGE : PROCESS);
    boolean isOfModule = isOfModule(audit);
    for (Attribute attribute : named(attributes)) {
      if (!isOfModule || !attribute.name().equals("sha256")) {
        json.text(CIM.get(attribute.name()), attribute.value());
      }
    }
    json.object(
        "tasktrail",
        () -> {
          attributes.forEach(it -> json.text(it.name(), it.value()));
          if (!json.escaped().isEmpty()) {
            json.texts("non_utf8", json.escaped());
          }
        });
  }

  /// What has no command line is shown by its path, what has no name of its user by its number:
  /// searches of the model ask for both.
  private static List<Attribute> named(List<Attribute> attributes) {
    List<Attribute> named = new ArrayList<>();
    attributes.stream().filter(it -> CIM.containsKey(it.name())).forEach(named::add);
    otherwise(named, "cmdline", "exe");
    otherwise(named, "user", "uid");
    return named;
  }

  private static void otherwise(List<Attribute> named, String name, String instead) {
    if (named.stream().noneMatch(it -> it.name().equals(name))) {
      named.stream()
          .filter(it -> it.name().equals(instead))
          .map(Attribute::value)
          .findFirst()
          .ifPresent((ByteText value) -> named.add(new Attribute(name, value)));
    }
  }

  private static boolean isRefused(List<Attribute> attributes) {
    return attributes.stream()
        .anyMatch(it -> it.name().equals("outcome") && it.value().toString().equals("failure"));
  }

  private static boolean isOfModule(AuditEvent audit) {
    return audit.notice().isEmpty()
        && switch (audit.event().fact()) {
          case Fact.ModuleLoaded _,
              Fact.ModuleUnloaded _,
              Fact.ModuleLoadFailed _,
              Fact.ModuleRequested _,
              Fact.ModuleSeen _ ->
              true;
          default -> false;
        };
  }
}
