package io.tasktrail.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tasktrail.event.Arguments;
import io.tasktrail.event.ByteText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// The arguments of an exec, out of its EXECVE records: `a0="ls" a1=2D61`; a long one in pieces,
/// `a1_len=20000 a1[0]=… a1[1]=…`, over several records. The counts and lengths said there are
/// checked, never believed. What is not kept is not held either, however long it is.
final class CommandArguments {

  /// Bytes that are kept, as of arguments that the kernel's ring brings.
  static final int BYTES_MAX = 64 << 10;

  private static final String COUNT = "argc";
  private static final String LENGTH = "_len";

  private final List<ByteText> values = new ArrayList<>();
  private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private long count = -1;
  private long read;
  private long bytes;
  private int kept;
  private long saidLength = -1;
  private long piecesLength = -1;
  private boolean isCut;

  private CommandArguments() {}

  /// None where there is no EXECVE record.
  static Arguments of(AuditedEvent event) {
    CommandArguments arguments = new CommandArguments();
    for (RecordLine record : event.records()) {
      if (record.type().equals("EXECVE")) {
        Fields.each(record.body(), arguments::field);
      }
    }
    return arguments.all(event.isCut());
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

  private void field(String name, String raw) {
    if (name.equals(COUNT)) {
      count = count < 0 ? Math.max(0, Numbers.decimal(raw).orElse(0)) : count;
      return;
    }
    if (!name.startsWith("a" + read)) {
      endOfPieces();
    }
    String own = "a" + read;
    if (name.equals(own)) {
      take(Fields.decoded(raw));
    } else if (name.equals(own + LENGTH)) {
      saidLength = Numbers.decimal(raw).orElse(-1);
      piecesLength = 0;
    } else if (name.startsWith(own + '[')) {
      piece(Fields.decoded(raw));
    }
  }

  private void piece(ByteText piece) {
    piecesLength = Math.max(0, piecesLength) + piece.length();
    if (piecesLength <= BYTES_MAX) {
      pieces.writeBytes(piece.toBytes());
    }
  }

  private void endOfPieces() {
    if (piecesLength <= 0) {
      return;
    }
    isCut |= saidLength != piecesLength && saidLength != 2 * piecesLength;
    if (piecesLength <= BYTES_MAX) {
      take(ByteText.of(pieces.toByteArray()));
    } else {
      skip(piecesLength);
    }
    pieces.reset();
    piecesLength = -1;
    saidLength = -1;
  }

  private void take(ByteText value) {
    if (kept + value.length() + 1 > BYTES_MAX) {
      skip(value.length());
      return;
    }
    read++;
    bytes += value.length() + 1;
    kept += value.length() + 1;
    values.add(value);
  }

  /// Nor is anything that comes after it.
  private void skip(long length) {
    read++;
    bytes += length + 1;
    kept = BYTES_MAX;
    isCut = true;
  }

  private Arguments all(boolean eventIsCut) {
    endOfPieces();
    boolean incomplete = eventIsCut || isCut || read != count;
    return new Arguments(values, Math.max(count, read), bytes, incomplete);
  }
}
