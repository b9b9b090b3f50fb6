package io.tasktrail.sink.connect;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import io.tasktrail.sink.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/// Finds the topic before anything else is done, so that what is wrong is said at once.
public final class SourceTopic {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private SourceTopic() {}

  /// What the settings name, with the broker's id for it.
  ///
  /// @throws Failure if no broker answers, the topic is not there, or the user is not let in
  public static Source find(Settings settings) {
    String topic = settings.get(SinkSettings.TOPIC);
    String where = topic + " at " + settings.get(SinkSettings.BOOTSTRAP_SERVERS);
    try (Admin admin = Admin.create(SinkSettings.admin(settings))) {
      return new Source(
          topic, describe(admin, topic).topicId().toString(), settings.get(SinkSettings.GROUP));
    } catch (ExecutionException | KafkaException refused) {
      throw KafkaTrouble.explain(refused, where);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", where, "start it again", hurried);
    }
  }

  private static TopicDescription describe(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    var options = new DescribeTopicsOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
    return admin.describeTopics(List.of(topic), options).allTopicNames().get().get(topic);
  }
}
