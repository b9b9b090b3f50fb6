package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.TaskKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/// Reads what [StateOutput] wrote. Sizes are checked against bounds, so that what is damaged ends
/// with an exception.
final class StateInput {

  private final DataInputStream in;

  StateInput(InputStream in) {
    this.in = new DataInputStream(in);
  }

  long number() throws IOException {
    return in.readLong();
  }

  int count(int most) throws IOException {
    int value = in.readInt();
    if (value < 0 || value > most) {
      throw new IOException("damaged: " + value + " where at most " + most + " can be");
    }
    return value;
  }

  boolean flag() throws IOException {
    return in.readBoolean();
  }

  byte[] bytes(int most) throws IOException {
    byte[] bytes = new byte[count(most)];
    in.readFully(bytes);
    return bytes;
  }

  String string(int most) throws IOException {
    return new String(bytes(most), UTF_8);
  }

  ByteText text(int most) throws IOException {
    return ByteText.of(bytes(most));
  }

  UUID id() throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  TaskKey key() throws IOException {
    return new TaskKey(in.readInt(), in.readLong());
  }

  Credentials credentials() throws IOException {
    return new Credentials(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
