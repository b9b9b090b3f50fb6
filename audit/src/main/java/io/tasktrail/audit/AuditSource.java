package io.tasktrail.audit;

import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  private static final int VERSION = 1;

  private final Function<String, Origin> origins;
  private final Consumer<TaskEvent> events;
  private final Tally tally = new Tally();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
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
      Node node = node(record.stamp().node());
      tally.record();
      node.records().take(record);
    } catch (RecordLine.Corrupt corrupt) {
      tally.corrupt(corrupt.getMessage());
    }
  }

  private Node node(String name) throws RecordLine.Corrupt {
    Node known = nodes.get(name);
    if (known == null) {
      if (nodes.size() == NODES_MAX) {
        throw new RecordLine.Corrupt("the node of more than " + NODES_MAX);
      }
      known = begun(name);
    }
    return known;
  }

  private Node begun(String name) {
    Narration narration = new Narration(origins.apply(name), tally, events);
    Node node = new Node(narration, new Reassembly(narration, tally));
    nodes.put(name, node);
    return node;
  }

  /// A line that has begun ends here: so does the file.
  public void endFile() {
    endLine();
  }

  /// Whether there are events that it did not tell, because more of them may come.
  public boolean holds() {
    return nodes.values().stream().anyMatch(node -> node.records().holds());
  }

  /// Tells what is held: nothing more comes, or nothing came for long.
  public void flush() {
    nodes.values().forEach(node -> node.records().flush());
  }

  /// Writes all that decides what it will tell: one that [#restore]s it tells the same events of
  /// the same bytes, with the same numbers. The tally is not part of it.
  ///
  /// @throws IOException if it can't be written
  public void save(OutputStream to) throws IOException {
    StateOutput out = new StateOutput(to);
    out.count(VERSION);
    out.bytes(line, length);
    out.flag(isOverlong);
    out.count(nodes.size());
    for (Map.Entry<String, Node> node : nodes.entrySet()) {
      out.text(node.getKey());
      node.getValue().narration().save(out);
      node.getValue().records().save(out);
    }
    out.flush();
  }

  /// Goes on where another one was saved; before anything is taken.
  ///
  /// @throws IOException if it is not what [#save] wrote; nothing may be taken then
  public void restore(InputStream from) throws IOException {
    StateInput in = new StateInput(from);
    int version = in.count(Integer.MAX_VALUE);
    if (version != VERSION) {
      throw new IOException("written by another version of tasktrail: " + version);
    }
    byte[] begun = in.bytes(line.length);
    System.arraycopy(begun, 0, line, 0, begun.length);
    length = begun.length;
    isOverlong = in.flag();
    for (int left = in.count(NODES_MAX); left > 0; left--) {
      String name = in.string(LINE_BYTES_MAX);
      Node node = begun(name);
      node.narration().restore(in);
      node.records().restore(name, in);
    }
  }

  /// What belongs to one node.
  private record Node(Narration narration, Reassembly records) {}
}
