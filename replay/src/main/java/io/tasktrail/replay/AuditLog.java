package io.tasktrail.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.audit.AuditSource;
import io.tasktrail.audit.Tally;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Logs of the audit system, rotated or not, packed by gzip or not: told by what they hold, never
/// by their names.
final class AuditLog {

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int HEAD_BYTES = 64 << 10;

  /// No capture file has it in its beginning, which holds a schema.
  private static final String RECORD = " msg=audit(";

  private AuditLog() {}

  /// Whether a file is one: a record is within its beginning. So is an empty file, as a log is when
  /// it has just been rotated; no capture file is.
  ///
  /// @throws IOException if it can't be read
  static boolean is(Path file) throws IOException {
    try (InputStream in = unpacked(Files.newInputStream(file))) {
      byte[] head = in.readNBytes(HEAD_BYTES);
      return head.length == 0 || new String(head, ISO_8859_1).contains(RECORD);
    } catch (ZipException notOne) {
      return false;
    }
  }

  /// Reads one to its end.
  ///
  /// @throws IOException if it can't be read, or is packed and torn
  static void read(Path file, AuditSource source) throws IOException {
    try (InputStream in = unpacked(Files.newInputStream(file))) {
      source.read(in);
    } catch (IOException cause) {
      throw new IOException(file + ": can't be read to its end: " + cause.getMessage(), cause);
    }
  }

  private static InputStream unpacked(InputStream raw) throws IOException {
    PushbackInputStream in =
        new PushbackInputStream(new BufferedInputStream(raw, BUFFER_BYTES), GZIP.length);
    byte[] head = in.readNBytes(GZIP.length);
    in.unread(head);
    return Arrays.equals(head, GZIP) ? new GZIPInputStream(in, BUFFER_BYTES) : in;
  }

  /// What became of the lines, as a sentence.
  static String account(Tally tally) {
    return ("audit: %d lines: %d records of %d events, %d corrupt; %d serials between them were not"
            + " read (lost, or left out by a filter), %d records came late, %d were too many,"
            + " %d events name no task, %d are of threads")
        .formatted(
            tally.lines(),
            tally.records(),
            tally.events(),
            tally.corruptLines(),
            tally.missingSerials(),
            tally.lateRecords(),
            tally.overlongRecords(),
            tally.eventsWithoutTask(),
            tally.threadEvents());
  }
}
