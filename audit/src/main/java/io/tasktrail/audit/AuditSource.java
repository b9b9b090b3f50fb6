package io.tasktrail.audit;

import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Audit records as events: lines come in, events go out, in the order of their serials. Several
/// nodes are kept apart. Not for use by several threads at once.
public final class AuditSource {

  /// Bytes of a line; the kernel's longest record has 8970, and auditd may add as many. What is
  /// longer is corrupt.
  public static final int LINE_BYTES_MAX = 64 << 10;

  /// Nodes; records of those over it are counted as corrupt.
  public static final int NODES_MAX = 1024;

  private static final int BUFFER_BYTES = 64 << 10;

  private final Function<String, Origin> origins;
  private final Consumer<TaskEvent> events;
  private final Tally tally = new Tally();
  private final Map<String, Reassembly> nodes = new LinkedHashMap<>();
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private int length;
  private boolean isOverlong;

  /// @param origins which host a node is; it may be asked for the empty name
  public AuditSource(Function<String, Origin> origins, Consumer<TaskEvent> events) {
    this.origins = origins;
    this.events = events;
  }

  /// What became of the lines so far.
  public Tally tally() {
    return tally;
  }

  /// Reads to the end. What may still be completed by what another stream says is held.
  ///
  /// @throws IOException if it can't be read
  public void read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      take(buffer, got);
    }
    endLine();
  }

  /// Takes bytes as they come: lines may be split anywhere.
  public void take(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length < line.length) {
        line[length++] = bytes[i];
      } else {
        isOverlong = true;
      }
    }
  }

  private void endLine() {
    if (length > 0) {
      tally.line();
      if (isOverlong) {
        tally.corrupt("longer than " + LINE_BYTES_MAX + " bytes");
      } else {
        line();
      }
    }
    length = 0;
    isOverlong = false;
  }

  private void line() {
    try {
      RecordLine record = RecordLine.of(line, length);
      Reassembly node = node(record.stamp().node());
      tally.record();
      node.take(record);
    } catch (RecordLine.Corrupt corrupt) {
      tally.corrupt(corrupt.getMessage());
    }
  }

  private Reassembly node(String name) throws RecordLine.Corrupt {
    Reassembly known = nodes.get(name);
    if (known == null) {
      if (nodes.size() == NODES_MAX) {
        throw new RecordLine.Corrupt("the node of more than " + NODES_MAX);
      }
      known = new Reassembly(new Narration(origins.apply(name), tally, events), tally);
      nodes.put(name, known);
    }
    return known;
  }

  /// Tells what is held: nothing more comes, or nothing came for long.
  public void flush() {
    nodes.values().forEach(Reassembly::flush);
  }
}
