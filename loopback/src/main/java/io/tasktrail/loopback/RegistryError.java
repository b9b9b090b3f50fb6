package io.tasktrail.loopback;

import java.util.List;

/// A request that is answered with an error, in Confluent Schema Registry's codes ("Schema Registry
/// API Reference", Errors).
final class RegistryError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;

  private RegistryError(int code, String message) {
    super(message);
    this.code = code;
  }

  /// The HTTP status is the first three digits of the code.
  int status() {
    return code >= 1000 ? code / 100 : code;
  }

  Body body() {
    return new Body(code, getMessage());
  }

  /// As it travels; the names are the API's.
  record Body(int error_code, String message) {}

  static RegistryError badRequest(String why) {
    return new RegistryError(400, why);
  }

  static RegistryError noSuchPath(String path) {
    return new RegistryError(404, "no such path: " + path);
  }

  static RegistryError methodNotAllowed(String method, String path) {
    return new RegistryError(405, method + " is not answered at " + path);
  }

  static RegistryError tooLarge(int maxBytes) {
    return new RegistryError(413, "request is larger than " + maxBytes + " bytes");
  }

  static RegistryError noSubject(String subject) {
    return new RegistryError(40401, "Subject '" + subject + "' not found.");
  }

  static RegistryError noVersion(int version) {
    return new RegistryError(40402, "Version " + version + " not found.");
  }

  static RegistryError noSchema() {
    return new RegistryError(40403, "Schema not found");
  }

  static RegistryError noSchema(int id) {
    return new RegistryError(40403, "Schema " + id + " not found");
  }

  static RegistryError noSubjectCompatibility(String subject) {
    return new RegistryError(
        40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryError incompatible(String subject, Compatibility level, List<String> breaches) {
    return new RegistryError(
        409,
        "Schema being registered is incompatible with an earlier schema for subject \"%s\" (compatibility %s): %s"
            .formatted(subject, level, String.join("; ", breaches)));
  }

  static RegistryError invalidSchema(String why) {
    return new RegistryError(42201, "Invalid schema: " + why);
  }

  static RegistryError invalidVersion(String version) {
    return new RegistryError(
        42202,
        "The specified version '%s' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\""
            .formatted(version));
  }

  static RegistryError invalidCompatibility(String name) {
    return new RegistryError(
        42203,
        "Invalid compatibility level '%s'. Valid values are %s"
            .formatted(name, List.of(Compatibility.values())));
  }

  static RegistryError unforeseen(RuntimeException cause) {
    return new RegistryError(500, "the registry failed: " + cause);
  }

  static RegistryError notKept(String why) {
    return new RegistryError(50001, why);
  }
}
