package io.tasktrail.opensearch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/// One node that speaks HTTP on 127.0.0.1, says its address on stdout once it listens, and ends
/// when its stdin does: also when whoever started it is killed.
///
///     java --add-modules jdk.incubator.vector -cp 'lib/*' …OpenSearchMain HOME [PORT]
///
/// The same HOME holds the same documents, however often it is started.
public final class OpenSearchMain {

  private static final String ANY_PORT = "0";
  private static final String JAVA = "21";

  private OpenSearchMain() {}

  /// A node with the one plugin without which there is no HTTP.
  private static final class HttpNode extends Node {

    HttpNode(Settings settings) {
      super(
          InternalSettingsPreparer.prepareEnvironment(
              settings, Map.of(), null, () -> "tasktrail-loopback"),
          List.of(http()),
          false);
    }

    private static PluginInfo http() {
      return new PluginInfo(
          "netty4",
          "HTTP",
          "of the class path",
          Version.CURRENT,
          JAVA,
          Netty4ModulePlugin.class.getName(),
          null,
          List.of(),
          false);
    }

    String address() {
      return "http://"
          + injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress();
    }
  }

  /// The process.
  ///
  /// @param args where it keeps everything; a port, or none for any free one
  public static void main(String[] args) throws Exception {
    Path home = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
    try (HttpNode node = new HttpNode(settings(home, args.length > 1 ? args[1] : ANY_PORT))) {
      node.start();
      System.out.println(node.address());
      System.in.transferTo(System.out);
    }
  }

  /// The disk is not its own: how full that is says nothing.
  private static Settings settings(Path home, String port) {
    return Settings.builder()
        .put(Environment.PATH_HOME_SETTING.getKey(), home)
        .put("cluster.name", "tasktrail-loopback")
        .put("discovery.type", "single-node")
        .put("http.type", "netty4")
        .put("transport.type", "netty4")
        .put("http.host", "127.0.0.1")
        .put("http.port", port)
        .put("transport.host", "127.0.0.1")
        .put("transport.port", ANY_PORT)
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
  }
}
