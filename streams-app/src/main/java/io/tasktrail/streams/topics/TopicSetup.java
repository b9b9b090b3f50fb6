package io.tasktrail.streams.topics;

import io.tasktrail.role.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes the topics that are missing, and refuses those that would break what is promised: another
/// number of partitions, timestamps of the producers' clocks, records that would not fit, a table
/// that is not compacted. Changes nothing that is there.
public final class TopicSetup {

  /// The broker answers for a topic a little after it acknowledged to have made it.
  private static final int LOOKS_MAX = 50;

  private static final long MILLIS_BETWEEN_LOOKS = 100;

  private final Admin admin;
  private final TopicPlan plan;

  /// @param admin stays open; its timeouts bound each call
  public TopicSetup(Admin admin, TopicPlan plan) {
    this.admin = admin;
    this.plan = plan;
  }

  /// Makes what is missing, then checks everything.
  ///
  /// @throws Failure with every problem and its cure
  /// @throws ExecutionException if the broker does not answer, or refuses
  public void ensure() throws ExecutionException, InterruptedException {
    create();
    check();
  }

  /// Makes what is missing, and looks at nothing else.
  ///
  /// @throws ExecutionException if the broker does not answer, or refuses
  public void create() throws ExecutionException, InterruptedException {
    make(missing());
    for (int looks = 1; !missing().isEmpty() && looks < LOOKS_MAX; looks++) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
    }
  }

  /// Checks everything and makes nothing.
  ///
  /// @throws Failure with every problem and its cure
  /// @throws ExecutionException if the broker does not answer, or refuses
  public void check() throws ExecutionException, InterruptedException {
    List<String> problems =
        reports().stream().flatMap(report -> report.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new Failure(
          problems.size() == 1 ? "a topic is not as it must be" : "topics are not as they must be",
          String.join("; ", problems),
          "then start again");
    }
  }

  /// What there is of each topic, in the order in which an event travels; makes nothing.
  ///
  /// @throws ExecutionException if the broker does not answer, or refuses
  public List<TopicReport> reports() throws ExecutionException, InterruptedException {
    Map<String, FoundTopic> there =
        found().stream().collect(Collectors.toMap(FoundTopic::name, topic -> topic));
    return plan.topics().stream()
        .map(planned -> new TopicReport(planned, Optional.ofNullable(there.get(planned.name()))))
        .toList();
  }

  private List<PlannedTopic> missing() throws ExecutionException, InterruptedException {
    return reports().stream().filter(TopicReport::isMissing).map(TopicReport::planned).toList();
  }

  /// Another instance may make the same at the same time.
  private void make(List<PlannedTopic> topics) throws ExecutionException, InterruptedException {
    var made = admin.createTopics(topics.stream().map(PlannedTopic::toNew).toList()).values();
    for (KafkaFuture<Void> one : made.values()) {
      try {
        one.get();
      } catch (ExecutionException refused) {
        if (!(refused.getCause() instanceof TopicExistsException)) {
          throw refused;
        }
      }
    }
  }

  private List<FoundTopic> found() throws ExecutionException, InterruptedException {
    List<FoundTopic> found = new ArrayList<>();
    for (TopicDescription description : descriptions()) {
      found.add(new FoundTopic(description, config(description.name())));
    }
    return found;
  }

  private List<TopicDescription> descriptions() throws ExecutionException, InterruptedException {
    List<TopicDescription> descriptions = new ArrayList<>();
    List<String> names = plan.topics().stream().map(PlannedTopic::name).toList();
    for (var description : admin.describeTopics(names).topicNameValues().values()) {
      try {
        descriptions.add(description.get());
      } catch (ExecutionException refused) {
        if (!(refused.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw refused;
        }
      }
    }
    return descriptions;
  }

  private Config config(String topic) throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).values().get(resource).get();
  }
}
