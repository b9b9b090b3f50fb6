package io.tasktrail.agent.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tasktrail.event.ByteText;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The users that the C library knows by way of /etc/nsswitch.conf: of files, LDAP, sssd and
/// whatever else.
// "restricted": calling native code is what this class is for.
@SuppressWarnings("restricted")
public final class Accounts {

  /// Room for `struct passwd`, which begins with the address of the name.
  private static final long RECORD_BYTES = 256;

  /// Of all texts of an account together.
  private static final long TEXT_BYTES = 16 << 10;

  /// LOGIN_NAME_MAX.
  private static final int NAME_BYTES_MAX = 256;

  private static final MethodHandle GETPWUID_R =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("getpwuid_r"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));

  private Accounts() {}

  /// The name of a user id; empty where it has none, or none was found out. May take as long as a
  /// directory in the network does.
  public static String nameOf(long uid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment account = arena.allocate(RECORD_BYTES, JAVA_LONG.byteAlignment());
      MemorySegment texts = arena.allocate(TEXT_BYTES);
      MemorySegment found = arena.allocate(ADDRESS);
      int error = (int) GETPWUID_R.invokeExact((int) uid, account, texts, TEXT_BYTES, found);
      return error != 0 || found.get(ADDRESS, 0).equals(MemorySegment.NULL)
          ? ""
          : text(account.get(ADDRESS, 0));
    } catch (Throwable broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String text(MemorySegment from) {
    MemorySegment bytes = from.reinterpret(TEXT_BYTES);
    int length = 0;
    while (length < NAME_BYTES_MAX && bytes.get(JAVA_BYTE, length) != 0) {
      length++;
    }
    return ByteText.of(bytes.asSlice(0, length).toArray(JAVA_BYTE)).toString();
  }
}
