package io.tasktrail.agent.publish;

import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.BinaryCodec;

/// Publishes by another, which takes bytes, and keeps nothing.
record EncodingPublisher(RemotePublisher remote, BinaryCodec<TaskEvent> codec)
    implements Publisher {

  EncodingPublisher(RemotePublisher remote) {
    this(remote, BinaryCodec.taskEvents());
  }

  @Override
  public boolean hasRoom() {
    return remote.hasRoom();
  }

  @Override
  public void publish(TaskEvent event, long token) {
    remote.publish(codec.encode(event), token);
  }

  @Override
  public int doWork() {
    return remote.doWork();
  }

  @Override
  public void close() {
    remote.close();
  }
}
