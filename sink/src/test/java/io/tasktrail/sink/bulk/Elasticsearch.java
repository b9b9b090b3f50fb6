package io.tasktrail.sink.bulk;

import io.tasktrail.sink.remote.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A real Elasticsearch, with TLS and users, on loopback. It refuses to run as root: there it runs
/// as nobody.
final class Elasticsearch implements RealStore {

  static final String USER = "sink:correct-horse";
  private static final String HOME = "elasticsearch.directory";
  private static final Duration START = Duration.ofMinutes(5);
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final int port;
  private final Process process;
  private final HttpClient client;

  private Elasticsearch(Path folder, int port, Process process) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = process;
    client = HttpClient.newBuilder().sslContext(Trust.in(ca())).build();
  }

  static boolean isThere() {
    return Files.isDirectory(home().resolve("bin"));
  }

  private static Path home() {
    try (Stream<Path> found = Files.list(Path.of(System.getProperty(HOME, "absent")))) {
      return found.findFirst().orElse(Path.of("absent")).toAbsolutePath();
    } catch (IOException absent) {
      return Path.of("absent");
    }
  }

  static Elasticsearch start() throws Exception {
    Path folder =
        Files.createTempDirectory(
            "tasktrail-store",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    int port = freePort();
    configure(folder, port);
    Process process = run(folder, "bin/elasticsearch").start();
    Elasticsearch store = new Elasticsearch(folder, port, process);
    try {
      Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(500)).until(store::answers);
      return store;
    } catch (RuntimeException | Error notUp) {
      String said = Files.readString(folder.resolve("log"));
      store.close();
      throw new AssertionError("it did not start: " + said, notUp);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static void configure(Path folder, int port) throws Exception {
    Path config = folder.resolve("config");
    Files.createDirectory(folder.resolve("tmp"));
    command(folder, "cp", "-r", home().resolve("config").toString(), config.toString());
    Files.writeString(
        config.resolve("elasticsearch.yml"),
        """
        discovery.type: single-node
        http.host: 127.0.0.1
        http.port: %d
        transport.host: 127.0.0.1
        path.data: %s
        path.logs: %s
        cluster.routing.allocation.disk.threshold_enabled: false
        xpack.security.enabled: true
        xpack.security.autoconfiguration.enabled: false
        xpack.security.http.ssl.enabled: true
        xpack.security.http.ssl.keystore.path: http.p12
        xpack.security.http.ssl.keystore.password: changeit
        """
            .formatted(port, folder.resolve("data"), folder.resolve("logs")));
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String keys = config.resolve("http.p12").toString();
    command(
        folder,
        (keytool
                + " -genkeypair -alias store -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1"
                + " -ext bc:c -storetype PKCS12 -storepass changeit -validity 10 -keystore "
                + keys)
            .split(" ", -1));
    command(
        folder,
        (keytool
                + " -exportcert -rfc -alias store -storepass changeit -keystore "
                + keys
                + " -file "
                + folder.resolve("ca.pem"))
            .split(" ", -1));
    if (ROOT) {
      command(folder, "chown", "-R", "65534:65534", folder.toString());
    }
    String[] user = USER.split(":", 2);
    users(folder, "useradd", user[0], "-p", user[1], "-r", "superuser");
  }

  private static void users(Path folder, String... words) throws Exception {
    command(run(folder, "bin/elasticsearch-users", words));
  }

  private static ProcessBuilder run(Path folder, String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }
    command.add(home().resolve(program).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("ES_PATH_CONF", folder.resolve("config").toString());
    builder.environment().put("ES_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("ES_JAVA_OPTS", "-Xms512m -Xmx512m");
    builder.environment().put("ES_TMPDIR", folder.resolve("tmp").toString());
    builder.directory(folder.toFile());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
  }

  private static void command(Path folder, String... words) throws Exception {
    command(
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile())));
  }

  private static void command(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError(
          builder.command() + ": " + Files.readString(builder.redirectOutput().file().toPath()));
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended with " + process.exitValue());
    }
    try {
      return get("/_cluster/health?wait_for_status=yellow&timeout=1s").path("status").isTextual();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  @Override
  public URI address() {
    return URI.create("https://127.0.0.1:" + port);
  }

  private Path ca() {
    return folder.resolve("ca.pem");
  }

  @Override
  public Optional<Path> authority() {
    return Optional.of(ca());
  }

  @Override
  public Optional<String> user() {
    return Optional.of(USER);
  }

  @Override
  public HttpClient client() {
    return client;
  }

  /// Lets one more in, while it runs: it looks for changes every 5 s.
  void add(String user, String password) throws Exception {
    users(folder, "useradd", user, "-p", password, "-r", "superuser");
  }

  /// From now on the user has another one. See [#add].
  void changePassword(String user, String password) throws Exception {
    users(folder, "passwd", user, "-p", password);
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    client.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    }
  }
}
