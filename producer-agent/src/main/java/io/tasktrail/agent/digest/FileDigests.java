package io.tasktrail.agent.digest;

import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// SHA-256 of files that the kernel named, where the agent may read them, and they are the very
/// files: of that device and inode, and not changed since.
///
/// Reading may take its time, so a file has a bound, and all files of a minute have. Not for use by
/// several threads at once.
public final class FileDigests {

  /// Of one file. Most are less than 1 MB; the largest drivers of graphics cards have about 20.
  static final long FILE_BYTES_MAX = 32 << 20;

  /// Of all files within a minute.
  static final long MINUTE_BYTES_MAX = 64 << 20;

  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int CHUNK_BYTES = 64 << 10;

  private final Path root;
  private long minuteNanos;
  private long left = MINUTE_BYTES_MAX;

  /// @param root the root directory, `/`
  public FileDigests(Path root) {
    this.root = root;
  }

  /// A file as the kernel named it.
  ///
  /// @param path from the root of the file system
  /// @param device major << 20 | minor
  /// @param changedNanos when its inode was last changed (ctime), since 1970; 0: not known
  public record Named(ByteText path, long device, long inode, long changedNanos) {

    private boolean isAPath() {
      return path.length() > 1 && path.at(0) == '/' && path.isUtf8();
    }
  }

  /// The digest; empty where it is not to be had.
  public ByteText of(Named named, long nowNanos) {
    if (!named.isAPath()) {
      return ByteText.EMPTY;
    }
    try {
      Path file = root.resolve(named.path().toString().substring(1));
      if (!isTheFile(file, named) || !isGranted(Files.size(file), nowNanos)) {
        return ByteText.EMPTY;
      }
      ByteText digest = digest(file);
      return isTheFile(file, named) ? digest : ByteText.EMPTY;
    } catch (IOException | InvalidPathException | UnsupportedOperationException unreadable) {
      return ByteText.EMPTY;
    }
  }

  private static boolean isTheFile(Path file, Named named) throws IOException {
    Map<String, Object> stat =
        Files.readAttributes(file, "unix:dev,ino,ctime,isRegularFile", LinkOption.NOFOLLOW_LINKS);
    return (Boolean) stat.get("isRegularFile")
        && ((Number) stat.get("ino")).longValue() == named.inode()
        && kernels(((Number) stat.get("dev")).longValue()) == named.device()
        && (named.changedNanos() == 0
            || ((FileTime) stat.get("ctime")).to(TimeUnit.NANOSECONDS) == named.changedNanos());
  }

  /// The C library's number of a device, as the kernel has it: major << 20 | minor.
  private static long kernels(long dev) {
    long major = ((dev >>> 8) & 0xfff) | ((dev >>> 32) & ~0xfffL);
    long minor = (dev & 0xff) | ((dev >>> 12) & 0xffffff00L);
    return major << 20 | minor;
  }

  private boolean isGranted(long bytes, long nowNanos) {
    if (nowNanos - minuteNanos >= MINUTE_NANOS) {
      minuteNanos = nowNanos;
      left = MINUTE_BYTES_MAX;
    }
    boolean granted = bytes <= Math.min(FILE_BYTES_MAX, left);
    left -= granted ? bytes : 0;
    return granted;
  }

  private static ByteText digest(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    long total = 0;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        total += n;
        if (total > FILE_BYTES_MAX) {
          return ByteText.EMPTY;
        }
        sha256.update(chunk, 0, n);
      }
    }
    return ByteText.of(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
