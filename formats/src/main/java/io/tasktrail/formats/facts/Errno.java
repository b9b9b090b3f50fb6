package io.tasktrail.formats.facts;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why the kernel refused something, by the names of errno(3): those of
/// `include/uapi/asm-generic/errno-base.h`, and of `errno.h` beside it what an exec or the load of
/// a module may fail with.
public final class Errno {

  private static final List<String> BASE =
      List.of(
          "EPERM", "ENOENT", "ESRCH", "EINTR", "EIO", "ENXIO", "E2BIG", "ENOEXEC", "EBADF",
          "ECHILD", "EAGAIN", "ENOMEM", "EACCES", "EFAULT", "ENOTBLK", "EBUSY", "EEXIST", "EXDEV",
          "ENODEV", "ENOTDIR", "EISDIR", "EINVAL", "ENFILE", "EMFILE", "ENOTTY", "ETXTBSY", "EFBIG",
          "ENOSPC", "ESPIPE", "EROFS", "EMLINK", "EPIPE", "EDOM", "ERANGE");

  private static final Map<Integer, String> MORE =
      Map.ofEntries(
          entry(36, "ENAMETOOLONG"),
          entry(38, "ENOSYS"),
          entry(40, "ELOOP"),
          entry(74, "EBADMSG"),
          entry(80, "ELIBBAD"),
          entry(95, "EOPNOTSUPP"),
          entry(110, "ETIMEDOUT"),
          entry(126, "ENOKEY"),
          entry(127, "EKEYEXPIRED"),
          entry(128, "EKEYREVOKED"),
          entry(129, "EKEYREJECTED"));

  private Errno() {}

  /// The name; the number where it has none here.
  public static String name(int errno) {
    return errno >= 1 && errno <= BASE.size()
        ? BASE.get(errno - 1)
        : Optional.ofNullable(MORE.get(errno)).orElseGet(() -> Integer.toString(errno));
  }
}
