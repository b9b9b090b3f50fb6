package io.tasktrail.sink.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whatever changes a file, one operation after the other: the process may end between any two of
/// them, and within [#write].
interface Disk {

  /// That of this host.
  Disk REAL =
      new Disk() {
        @Override
        public FileChannel open(Path file) throws IOException {
          return FileChannel.open(file, CREATE, WRITE);
        }

        @Override
        public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }

        @Override
        public void truncate(FileChannel channel, long length) throws IOException {
          channel.truncate(length);
        }

        @Override
        public void force(FileChannel channel) throws IOException {
          channel.force(true);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
          try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
          }
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
          Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
        }

        @Override
        public void delete(Path file) throws IOException {
          Files.deleteIfExists(file);
        }
      };

  /// To be written at its beginning; made if it is not there.
  FileChannel open(Path file) throws IOException;

  /// All of them.
  void write(FileChannel channel, ByteBuffer bytes) throws IOException;

  /// Cuts off what is behind.
  void truncate(FileChannel channel, long length) throws IOException;

  /// When this returns, what was written is on the disk.
  void force(FileChannel channel) throws IOException;

  /// When this returns, the names within are on the disk: a rename is there only with its
  /// directory.
  void forceDirectory(Path directory) throws IOException;

  /// Gives a file another name, in the place of what has that name.
  void replace(Path from, Path to) throws IOException;

  /// Takes a file away, if it is there.
  void delete(Path file) throws IOException;
}
