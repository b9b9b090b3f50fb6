package io.tasktrail.agent.secured;

import io.tasktrail.loopback.BrokerSettings;
import io.tasktrail.loopback.EmbeddedBroker;
import io.tasktrail.loopback.LoopbackPort;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/// A broker whose second listener wants TLS, and SCRAM-SHA-512 or a certificate, and where nobody
/// may do anything that no ACL allows. Its first listener is the administrator's, who may do all.
public final class SecuredBroker implements AutoCloseable {

  /// Of its key store.
  public static final String STORE_PASSWORD = Authority.PASSWORD;

  private static final int SECONDS = 60;
  private static final int ITERATIONS = 4096;
  private static final String SECURED = "listener.name.secured.";

  private final Path dir;
  private final Authority authority;
  private EmbeddedBroker broker;
  private final Admin admin;

  private SecuredBroker(Path dir, Authority authority, EmbeddedBroker broker) {
    this.dir = dir;
    this.authority = authority;
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  /// Starts one with a good certificate, no users and no topics.
  public static SecuredBroker start(Path dir) throws Exception {
    return start(
        dir,
        settings(dir)
            .with("sasl.enabled.mechanisms", "SCRAM-SHA-512")
            .with(
                SECURED + "scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"));
  }

  /// The same, but who somebody is stands in a certificate of that authority: its CN is the user.
  public static SecuredBroker startForCertificates(Path dir, Path authorityOfClients)
      throws Exception {
    return start(
        dir,
        settings(dir)
            .with(
                "listener.security.protocol.map",
                "LOOPBACK:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SSL")
            .with(SECURED + "ssl.client.auth", "required")
            .with(SECURED + "ssl.truststore.type", "PEM")
            .with(SECURED + "ssl.truststore.location", authorityOfClients.toString())
            .with(SECURED + "ssl.principal.mapping.rules", "RULE:^CN=([a-z0-9.-]+)$/$1/,DEFAULT"));
  }

  private static SecuredBroker start(Path dir, BrokerSettings settings) throws Exception {
    Authority authority = new Authority(dir.resolve("ca"));
    authority.issue(Authority.Kind.VALID, keystore(dir));
    return new SecuredBroker(dir, authority, EmbeddedBroker.start(settings));
  }

  private static BrokerSettings settings(Path dir) {
    return BrokerSettings.in(dir.resolve("data"))
        .withSecured(LoopbackPort.free())
        .with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
        // Whom the first listener and the controller's have to take everybody for.
        .with("super.users", "User:ANONYMOUS")
        .with("allow.everyone.if.no.acl.found", "false")
        .with(SECURED + "ssl.keystore.location", keystore(dir).toString())
        .with(SECURED + "ssl.keystore.password", Authority.PASSWORD)
        .with(SECURED + "ssl.keystore.type", "PKCS12");
  }

  private static Path keystore(Path dir) {
    return dir.resolve("broker.p12");
  }

  /// Where administrators connect.
  public String adminServers() {
    return broker.bootstrapServers();
  }

  /// Where everybody else does.
  public String securedServers() {
    return broker.securedServers();
  }

  /// What its clients have to trust.
  public Path trusted() {
    return authority.certificate();
  }

  /// Its key and certificate, a PKCS12.
  public Path keystore() {
    return keystore(dir);
  }

  /// How often somebody who connected did not get in, since it was started.
  public long refusals() {
    try {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName all =
          new ObjectName(
              "kafka.server:type=socket-server-metrics,listener=SECURED,networkProcessor=*");
      long refusals = 0;
      for (ObjectName each : beans.queryNames(all, null)) {
        refusals += ((Double) beans.getAttribute(each, "failed-authentication-total")).longValue();
      }
      return refusals;
    } catch (JMException kafkaHasThem) {
      throw new IllegalStateException(kafkaHasThem);
    }
  }

  /// A certificate of an authority that nobody knows.
  public static Path unknownAuthority(Path dir) throws Exception {
    return new Authority(dir.resolve("unknown")).certificate();
  }

  /// Shows another certificate from now on; the broker is started again for it.
  public void show(Authority.Kind kind) throws IOException, InterruptedException {
    Files.delete(keystore(dir));
    authority.issue(kind, keystore(dir));
    broker = broker.restart();
  }

  /// `kafka-configs --alter --entity-type users --entity-name NAME --add-config
  /// SCRAM-SHA-512=[password=…]`.
  public void user(String name, String password) throws Exception {
    done(
        admin
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        name,
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                        password)))
            .all());
  }

  /// `kafka-acls --add --allow-principal User:NAME --operation … --topic TOPIC`.
  public void allow(String name, String topic, AclOperation... operations) throws Exception {
    List<AclBinding> bindings =
        List.of(operations).stream()
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                        new AccessControlEntry(
                            "User:" + name, "*", operation, AclPermissionType.ALLOW)))
            .toList();
    done(admin.createAcls(bindings).all());
  }

  /// `kafka-acls --remove --allow-principal User:NAME --topic TOPIC`.
  public void forbid(String name, String topic) throws Exception {
    admin
        .deleteAcls(
            List.of(
                new AclBindingFilter(
                    new ResourcePatternFilter(ResourceType.TOPIC, topic, PatternType.LITERAL),
                    new AccessControlEntryFilter(
                        "User:" + name, null, AclOperation.ANY, AclPermissionType.ALLOW))))
        .all()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  private static void done(KafkaFuture<Void> change)
      throws ExecutionException, InterruptedException, TimeoutException {
    change.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    admin.close();
    broker.close();
  }
}
