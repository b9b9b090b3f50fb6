package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.Credentials;
import io.tasktrail.event.TaskKey;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/// Writes what is remembered, for [StateInput] of the same version.
final class StateOutput {

  private final DataOutputStream out;

  StateOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  void number(long value) throws IOException {
    out.writeLong(value);
  }

  void count(int value) throws IOException {
    out.writeInt(value);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void bytes(byte[] value, int length) throws IOException {
    out.writeInt(length);
    out.write(value, 0, length);
  }

  void text(String value) throws IOException {
    byte[] bytes = value.getBytes(UTF_8);
    bytes(bytes, bytes.length);
  }

  void text(ByteText value) throws IOException {
    bytes(value.toBytes(), value.length());
  }

  void id(UUID value) throws IOException {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  void key(TaskKey value) throws IOException {
    out.writeInt(value.pid());
    out.writeLong(value.startNanos());
  }

  void credentials(Credentials value) throws IOException {
    out.writeLong(value.uid());
    out.writeLong(value.euid());
    out.writeLong(value.gid());
    out.writeLong(value.egid());
    out.writeLong(value.auid());
    out.writeLong(value.session());
  }

  void flush() throws IOException {
    out.flush();
  }
}
