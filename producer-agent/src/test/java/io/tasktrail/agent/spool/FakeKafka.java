package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Acknowledgements;
import io.tasktrail.agent.publish.RemotePublisher;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.BinaryCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// A Kafka whose answers a test gives.
final class FakeKafka implements RemotePublisher {

  private final Acknowledgements answers;
  private final BinaryCodec<TaskEvent> codec = BinaryCodec.taskEvents();
  private final Deque<Map.Entry<Long, TaskEvent>> unanswered = new ArrayDeque<>();

  /// What it acknowledged, in order.
  final List<TaskEvent> has = new ArrayList<>();

  /// What it was given since it was last told to forget.
  final List<TaskEvent> given = new ArrayList<>();

  boolean hasRoom = true;
  int forgotten;

  FakeKafka(Acknowledgements answers) {
    this.answers = answers;
  }

  @Override
  public boolean hasRoom() {
    return hasRoom;
  }

  @Override
  public void publish(byte[] event, long token) {
    given.add(codec.decode(event));
    unanswered.add(Map.entry(token, given.getLast()));
  }

  /// Acknowledges everything.
  void answer() {
    while (!unanswered.isEmpty()) {
      answerOne();
    }
  }

  void answerOne() {
    Map.Entry<Long, TaskEvent> next = unanswered.remove();
    has.add(next.getValue());
    answers.acknowledged(next.getKey());
  }

  void refuseOne() {
    answers.refused(unanswered.remove().getKey(), "too large");
  }

  @Override
  public void forget() {
    forgotten++;
    unanswered.clear();
    given.clear();
  }

  @Override
  public int doWork() {
    return 0;
  }

  @Override
  public void close() {}
}
