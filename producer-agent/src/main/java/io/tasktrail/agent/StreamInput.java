package io.tasktrail.agent;

import io.tasktrail.agent.follow.Step;
import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Standard input, or a file to its end. A thread waits for what comes, and takes no more while
/// nobody wants it: then who writes holds what comes, such as auditd, and says what it drops.
final class StreamInput implements RecordInput {

  private static final int CHUNKS_MAX = 8;

  private final String name;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_MAX);
  private final Thread reader = Thread.ofPlatform().name("input").daemon().unstarted(this::run);

  private sealed interface Chunk {
    record Bytes(ByteText bytes) implements Chunk {}

    record End() implements Chunk {}

    record Broken(IOException cause) implements Chunk {}
  }

  private StreamInput(String name) {
    this.name = name;
  }

  /// Begins to read.
  ///
  /// @param name a file, or `-` for standard input
  static StreamInput start(String name) {
    StreamInput input = new StreamInput(name);
    input.reader.start();
    return input;
  }

  private void run() {
    try {
      chunks.put(readAll());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Chunk readAll() throws InterruptedException {
    try (InputStream in = open()) {
      byte[] buffer = new byte[CHUNK_BYTES];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        chunks.put(new Chunk.Bytes(ByteText.of(buffer, 0, got)));
      }
      return new Chunk.End();
    } catch (IOException unreadable) {
      return new Chunk.Broken(unreadable);
    }
  }

  private InputStream open() throws IOException {
    return name.equals(AgentSettings.STANDARD_INPUT)
        ? System.in
        : Files.newInputStream(Path.of(name));
  }

  @Override
  public Step read(ByteBuffer into) throws IOException {
    return switch (chunks.poll()) {
      case null -> Step.NOTHING;
      case Chunk.Bytes(ByteText bytes) -> {
        into.put(bytes.asBuffer());
        yield Step.BYTES;
      }
      case Chunk.End() -> Step.ENDED;
      case Chunk.Broken(IOException cause) -> throw cause;
    };
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
