package io.tasktrail.sink;

/// What positions are positions of. A topic that is made anew under the old name is another source,
/// and so is the reading of another group.
///
/// @param topicId the broker's id of the topic
/// @param group the consumer group
public record Source(String topic, String topicId, String group) {}
