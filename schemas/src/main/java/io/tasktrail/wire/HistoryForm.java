package io.tasktrail.wire;

import io.tasktrail.event.Doubt;
import io.tasktrail.event.History;
import io.tasktrail.event.Link;
import io.tasktrail.event.Omitted;
import java.util.ArrayList;
import java.util.List;

/// `History` with its links and doubts. What derives from the rest (completeness, missing links) is
/// written for readers and not read.
final class HistoryForm {

  /// Every history begins with it.
  private static final byte[] ROOT = root();

  private HistoryForm() {}

  private static byte[] root() {
    AvroOutput out = new AvroOutput();
    writeFields(Link.ROOT, out);
    return out.toBytes();
  }

  static void write(History history, AvroOutput out) {
    writeLinks(history.links(), 0, out);
    writeRest(history, out);
  }

  /// Without the root.
  static void writeUnrooted(History history, AvroOutput out) {
    writeLinks(history.links(), 1, out);
    writeRest(history, out);
  }

  private static void writeRest(History history, AvroOutput out) {
    out.number(history.omitted().count());
    out.text(history.omitted().digest());
    out.number(history.execCount());
    out.number(history.missingLinks());
    out.symbol(Symbols.of(history.completeness()));
    writeDoubts(history.doubts(), out);
  }

  private static void writeLinks(List<Link> links, int first, AvroOutput out) {
    out.items(links.size() - first);
    for (int i = first; i < links.size(); i++) {
      write(links.get(i), out);
    }
    out.endOfItems();
  }

  private static void write(Link link, AvroOutput out) {
    byte[] known = out.links().ofOrNull(link);
    if (known != null) {
      out.raw(known, 0, known.length);
      return;
    }
    int before = out.size();
    writeFields(link, out);
    out.links().put(link, out.since(before));
  }

  private static void writeFields(Link link, AvroOutput out) {
    out.number(link.ordinal());
    TaskKeyForm.write(link.task(), out);
    out.text(link.comm());
    out.text(link.executable());
    out.number(link.uid());
    out.number(link.auid());
    out.number(link.startNanos());
    out.symbol(Symbols.of(link.source()));
  }

  private static void writeDoubts(List<Doubt> doubts, AvroOutput out) {
    out.items(doubts.size());
    for (int i = 0; i < doubts.size(); i++) {
      Doubt doubt = doubts.get(i);
      out.number(doubt.first());
      out.number(doubt.last());
      out.symbol(Symbols.of(doubt.reason()));
      OptionalForm.write(doubt.loss(), out);
    }
    out.endOfItems();
  }

  static History read(AvroInput in) {
    List<Link> links = in.list(HistoryForm::link);
    if (links.isEmpty()) {
      throw in.malformed("a history without its root");
    }
    return readRest(links, in);
  }

  /// See [#writeUnrooted].
  static History readUnrooted(AvroInput in) {
    List<Link> links = new ArrayList<>();
    links.add(Link.ROOT);
    links.addAll(in.list(HistoryForm::link));
    return readRest(links, in);
  }

  private static History readRest(List<Link> links, AvroInput in) {
    Omitted omitted = omitted(in);
    long execCount = in.number();
    passDerived(in);
    return new History(links, omitted, execCount, in.list(HistoryForm::doubt));
  }

  private static Link link(AvroInput in) {
    return in.passes(ROOT)
        ? Link.ROOT
        : new Link(
            in.number(),
            TaskKeyForm.read(in),
            in.text(),
            in.text(),
            in.number(),
            in.number(),
            in.number(),
            Symbols.linkSource(in));
  }

  private static Omitted omitted(AvroInput in) {
    Omitted omitted = new Omitted(in.number(), in.text());
    return omitted.equals(Omitted.NONE) ? Omitted.NONE : omitted;
  }

  private static void passDerived(AvroInput in) {
    in.number();
    in.integer();
  }

  private static Doubt doubt(AvroInput in) {
    return new Doubt(in.number(), in.number(), Symbols.doubtReason(in), OptionalForm.uuid(in));
  }
}
