package io.tasktrail.loopback;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/// What is answered at each path, in the order of Confluent's API reference. Schemas are compared
/// and shown in Avro's own text form, so `normalize` makes no difference. Nothing can be deleted:
/// a registry whose records are still about must keep their ids.
final class RegistryApi {

  private final RegistryStore store;
  private final List<Route> routes;

  RegistryApi(RegistryStore store) {
    this.store = store;
    this.routes =
        List.of(
            new Route("GET", "", (args, request) -> Map.of()),
            new Route("GET", "schemas", (args, request) -> now().all().toList()),
            new Route("GET", "schemas/types", (args, request) -> List.of("AVRO")),
            new Route("GET", "schemas/ids/*", (args, request) -> byId(args)),
            new Route("GET", "schemas/ids/*/schema", (args, request) -> new Raw(text(args))),
            new Route("GET", "schemas/ids/*/versions", (args, request) -> now().uses(id(args))),
            new Route("GET", "schemas/ids/*/subjects", (args, request) -> subjectsOf(args)),
            new Route("GET", "subjects", (args, request) -> now().names()),
            new Route("GET", "subjects/*/versions", (args, request) -> now().versions(args.get(0))),
            new Route("GET", "subjects/*/versions/*", (args, request) -> version(args)),
            new Route(
                "GET",
                "subjects/*/versions/*/schema",
                (args, request) -> new Raw(version(args).schema())),
            new Route("GET", "subjects/*/versions/*/referencedby", (args, request) -> List.of()),
            new Route("POST", "subjects/*/versions", this::register),
            new Route("POST", "subjects/*", this::find),
            new Route("POST", "compatibility/subjects/*/versions", this::fitsAll),
            new Route("POST", "compatibility/subjects/*/versions/*", this::fitsOne),
            new Route("GET", "config", (args, request) -> new Level(now().level())),
            new Route("PUT", "config", this::setLevel),
            new Route("GET", "config/*", this::level),
            new Route("PUT", "config/*", this::setSubjectLevel),
            new Route("GET", "mode", (args, request) -> Map.of("mode", "READWRITE")),
            new Route("GET", "mode/*", (args, request) -> Map.of("mode", "READWRITE")),
            new Route("GET", "contexts", (args, request) -> List.of(".")));
  }

  /// Text that is JSON already.
  record Raw(String json) {}

  private record Level(Compatibility compatibilityLevel) {}

  private record Change(Compatibility compatibility) {}

  private record Fit(boolean is_compatible, List<String> messages) {}

  /// The answer as a value whose JSON is the body.
  ///
  /// @throws RegistryError when the answer is an error
  Object answer(RegistryRequest request) {
    List<Route> here = routes.stream().filter(route -> route.leadsTo(request.path())).toList();
    if (here.isEmpty()) {
      throw RegistryError.noSuchPath(String.join("/", request.path()));
    }
    return here.stream()
        .filter(route -> route.method().equals(request.method()))
        .findFirst()
        .orElseThrow(() -> notAllowed(request))
        .answer(request);
  }

  private static RegistryError notAllowed(RegistryRequest request) {
    return RegistryError.methodNotAllowed(request.method(), String.join("/", request.path()));
  }

  private Registrations now() {
    return store.current();
  }

  private Map<String, String> byId(List<String> args) {
    return Map.of("schema", text(args));
  }

  private String text(List<String> args) {
    return now().schema(id(args));
  }

  private List<String> subjectsOf(List<String> args) {
    return now().uses(id(args)).stream().map(Registrations.SubjectVersion::subject).toList();
  }

  private Object register(List<String> args, RegistryRequest request) {
    Schema schema = request.schema();
    Registrations after = store.change(before -> before.register(args.get(0), schema));
    return Map.of("id", after.idOf(schema));
  }

  private Object find(List<String> args, RegistryRequest request) {
    return now().find(args.get(0), request.schema());
  }

  private Registrations.Version version(List<String> args) {
    String subject = args.get(0);
    String wanted = args.get(1);
    return isLatest(wanted) ? now().latest(subject) : now().version(subject, number(wanted));
  }

  private Object fitsAll(List<String> args, RegistryRequest request) {
    return fits(args, request, now().schemasOf(args.get(0)));
  }

  /// Confluent's answer for the latest of nothing is yes.
  private Object fitsOne(List<String> args, RegistryRequest request) {
    boolean firstOfAll = isLatest(args.get(1)) && !now().isRegistered(args.get(0));
    return fits(
        args, request, firstOfAll ? List.of() : List.of(AvroText.parse(version(args).schema())));
  }

  private Fit fits(List<String> args, RegistryRequest request, List<Schema> earlier) {
    List<String> breaches = now().breaches(args.get(0), request.schema(), earlier);
    return new Fit(breaches.isEmpty(), request.flags().contains("verbose") ? breaches : null);
  }

  private Object setLevel(List<String> args, RegistryRequest request) {
    Compatibility level = request.compatibility();
    store.change(before -> before.withLevel(level));
    return new Change(level);
  }

  private Object level(List<String> args, RegistryRequest request) {
    String name = args.get(0);
    Subject subject = now().subjects().getOrDefault(name, Subject.EMPTY);
    if (subject.level() == null && !request.flags().contains("defaultToGlobal")) {
      throw RegistryError.noSubjectCompatibility(name);
    }
    return new Level(now().levelOf(name));
  }

  private Object setSubjectLevel(List<String> args, RegistryRequest request) {
    Compatibility level = request.compatibility();
    store.change(before -> before.withLevel(args.get(0), level));
    return new Change(level);
  }

  private static boolean isLatest(String version) {
    return version.equals("latest") || version.equals("-1");
  }

  private static int number(String version) {
    int number = parsed(version).orElseThrow(() -> RegistryError.invalidVersion(version));
    if (number < 1) {
      throw RegistryError.invalidVersion(version);
    }
    return number;
  }

  private static int id(List<String> args) {
    return parsed(args.get(0))
        .orElseThrow(() -> RegistryError.noSuchPath("schemas/ids/" + args.get(0)));
  }

  private static Optional<Integer> parsed(String number) {
    try {
      return Optional.of(Integer.valueOf(number));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
