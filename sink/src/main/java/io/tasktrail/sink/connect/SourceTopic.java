package io.tasktrail.sink.connect;

import io.tasktrail.role.Failure;
import io.tasktrail.role.Settings;
import io.tasktrail.sink.SinkSettings;
import io.tasktrail.sink.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/// Finds the topic before anything else is done, so that what is wrong is said at once.
public final class SourceTopic {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private SourceTopic() {}

  /// What the settings name, with the broker's id for it.
  ///
  /// @throws Failure if no broker answers, the topic is not there, or the user is not let in
  public static Source find(Settings settings) {
    String topic = settings.get(SinkSettings.TOPIC);
    var options = new DescribeTopicsOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
    Uuid id =
        ask(
            settings,
            topic,
            admin ->
                admin
                    .describeTopics(List.of(topic), options)
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId());
    return new Source(topic, id.toString(), settings.get(SinkSettings.GROUP));
  }

  /// The first offset of a partition that the topic still has.
  ///
  /// @throws Failure if no broker answers, or the user is not let in
  static long firstOffset(Settings settings, TopicPartition partition) {
    var options = new ListOffsetsOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis()));
    return ask(
        settings,
        partition.toString(),
        admin ->
            admin
                .listOffsets(Map.of(partition, OffsetSpec.earliest()), options)
                .partitionResult(partition)
                .get()
                .offset());
  }

  @FunctionalInterface
  private interface Question<T> {
    T to(Admin admin) throws ExecutionException, InterruptedException;
  }

  private static <T> T ask(Settings settings, String what, Question<T> question) {
    String where = what + " at " + settings.get(SinkSettings.BOOTSTRAP_SERVERS);
    try (Admin admin = Admin.create(SinkSettings.admin(settings))) {
      return question.to(admin);
    } catch (ExecutionException | KafkaException refused) {
      throw KafkaTrouble.explain(refused, where);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", where, "start it again", hurried);
    }
  }
}
