package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arguments of an exec, out of its EXECVE records: `a0="ls" a1=2D61`; a long one in pieces,
/// `a1_len=20000 a1[0]=… a1[1]=…`, over several records. The lengths said there are checked, never
/// believed.
final class CommandArguments {

  /// Bytes that are kept, as of arguments that the kernel's ring brings.
  static final int BYTES_MAX = 64 << 10;

  /// Pieces of one argument: the kernel cuts at 7500 characters.
  private static final int PIECES_MAX = 1024;

  private final List<Fields> records;
  private final Map<String, Fields> holders = new HashMap<>();
  private long bytes;
  private boolean isCut;

  private CommandArguments(List<Fields> records) {
    this.records = records;
  }

  /// None where there is no EXECVE record.
  static Arguments of(AuditedEvent event) {
    List<Fields> records = event.all("EXECVE").stream().map(RecordLine::fields).toList();
    return records.isEmpty()
        ? new Arguments(List.of(), 0, 0, true)
        : new CommandArguments(records).read(event.isCut());
  }

  /// The words of a command line that was asked for, as a record of a command has it.
  static Arguments words(ByteText line) {
    List<ByteText> words = new ArrayList<>();
    for (String word : new String(line.toBytes(), ISO_8859_1).split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(ByteText.of(word.getBytes(ISO_8859_1)));
      }
    }
    return new Arguments(words, words.size(), line.length(), false);
  }

  private Arguments read(boolean eventIsCut) {
    records.forEach(record -> record.names().forEach(name -> holders.putIfAbsent(name, record)));
    long count = Math.max(0, holder("argc").flatMap(f -> of(f, "argc")).orElse(0L));
    isCut = eventIsCut;
    List<ByteText> values = new ArrayList<>();
    int kept = 0;
    for (int i = 0; i < count; i++) {
      Optional<ByteText> value = argument("a" + i);
      if (value.isEmpty()) {
        isCut = true;
        break;
      }
      bytes += value.get().length() + 1;
      if (kept + value.get().length() + 1 <= BYTES_MAX) {
        kept += value.get().length() + 1;
        values.add(value.get());
      } else {
        isCut = true;
        kept = BYTES_MAX;
      }
    }
    return new Arguments(values, Math.max(count, values.size()), bytes, isCut);
  }

  private static Optional<Long> of(Fields fields, String name) {
    return fields.number(name).stream().boxed().findFirst();
  }

  private Optional<Fields> holder(String name) {
    return Optional.ofNullable(holders.get(name));
  }

  private Optional<ByteText> argument(String name) {
    Optional<ByteText> whole = holder(name).map(fields -> fields.text(name));
    return whole.isPresent() ? whole : pieces(name);
  }

  private Optional<ByteText> pieces(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PIECES_MAX; i++) {
      String piece = name + '[' + i + ']';
      Optional<String> raw = holder(piece).flatMap(fields -> fields.raw(piece));
      if (raw.isEmpty()) {
        break;
      }
      text.append(new String(Fields.decoded(raw.get()).toBytes(), ISO_8859_1));
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String length = name + "_len";
    long said = holder(length).flatMap(fields -> of(fields, length)).orElse(-1L);
    isCut |= said != text.length() && said != 2L * text.length();
    return Optional.of(ByteText.of(text.toString().getBytes(ISO_8859_1)));
  }
}
