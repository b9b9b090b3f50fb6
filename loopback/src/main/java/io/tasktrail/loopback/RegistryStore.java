package io.tasktrail.loopback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The registrations of a running registry, and the file where they outlive it. A change is on disk
/// before anybody can see it.
final class RegistryStore {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Optional<Path> file;
  private volatile Registrations current;

  private RegistryStore(Optional<Path> file, Registrations current) {
    this.file = file;
    this.current = current;
  }

  /// What it holds ends with it.
  static RegistryStore inMemory() {
    return new RegistryStore(Optional.empty(), Registrations.EMPTY);
  }

  /// @throws IOException when the file is there but is not what such a store wrote: names it
  static RegistryStore in(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new RegistryStore(
        Optional.of(file), Files.exists(file) ? read(file) : Registrations.EMPTY);
  }

  private static Registrations read(Path file) throws IOException {
    try {
      return JSON.readValue(file.toFile(), Registrations.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "registry file %s cannot be read (%s); it holds the ids of written records: restore it, or delete it together with the topics"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  Registrations current() {
    return current;
  }

  /// @throws RegistryError 50001 when the file cannot be written; nothing has changed then
  synchronized Registrations change(UnaryOperator<Registrations> change) {
    Registrations changed = change.apply(current);
    if (!changed.equals(current)) {
      keep(changed);
      current = changed;
    }
    return changed;
  }

  private void keep(Registrations changed) {
    try {
      if (file.isPresent()) {
        write(file.get(), JSON.writeValueAsBytes(changed));
      }
    } catch (IOException e) {
      throw RegistryError.notKept("registry file cannot be written: " + e);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
