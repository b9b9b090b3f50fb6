package io.tasktrail.agent;

import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// The numbers of what an agent says itself, of each capture: none is ever given twice, by whatever
/// agent. So they are set aside a few at a time, before they are given.
final class OwnNumbers {

  /// How many are set aside at once.
  static final int BLOCK = 8;

  /// Captures whose numbers are remembered: of each node one, and some of boots before.
  static final int CAPTURES_MAX = 2048;

  private static final int ENTRY_BYTES = 3 * Long.BYTES;

  private final Consumer<OwnNumbers> onSetAside;
  private final Map<CaptureId, Long> given = new LinkedHashMap<>();
  private final Map<CaptureId, Long> setAside = new LinkedHashMap<>();
  private long total;

  /// @param onSetAside told before the first of a block is given
  OwnNumbers(Consumer<OwnNumbers> onSetAside) {
    this.onSetAside = onSetAside;
  }

  long next(CaptureId capture) {
    long number = last(capture) + 1;
    if (number > setAside.getOrDefault(capture, 0L)) {
      put(setAside, capture, number + BLOCK - 1);
      onSetAside.accept(this);
    }
    put(given, capture, number);
    total++;
    return number;
  }

  /// The last one that was given; 0 when none was.
  long last(CaptureId capture) {
    return given.getOrDefault(capture, 0L);
  }

  /// How many this agent gave.
  long total() {
    return total;
  }

  /// What was set aside and not given is free again: this agent ends.
  void release() {
    setAside.clear();
    setAside.putAll(given);
  }

  private static void put(Map<CaptureId, Long> numbers, CaptureId capture, long number) {
    if (!numbers.containsKey(capture) && numbers.size() == CAPTURES_MAX) {
      numbers.remove(numbers.keySet().iterator().next());
    }
    numbers.put(capture, number);
  }

  ByteText given() {
    return bytes(given);
  }

  ByteText setAside() {
    return bytes(setAside);
  }

  /// Goes on after an earlier agent. What it may have given past what is known of is passed over.
  ///
  /// @return how many that are, of each capture
  Map<CaptureId, Long> restore(ByteText givenBefore, ByteText setAsideBefore) throws IOException {
    read(givenBefore, given);
    read(setAsideBefore, setAside);
    Map<CaptureId, Long> passedOver = new HashMap<>();
    setAside.forEach(
        (capture, aside) -> {
          if (aside > last(capture)) {
            passedOver.put(capture, aside - last(capture));
            put(given, capture, aside);
          }
        });
    return passedOver;
  }

  private static ByteText bytes(Map<CaptureId, Long> numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.size() * ENTRY_BYTES);
    numbers.forEach(
        (capture, number) ->
            bytes
                .putLong(capture.value().getMostSignificantBits())
                .putLong(capture.value().getLeastSignificantBits())
                .putLong(number));
    return ByteText.of(bytes.array());
  }

  private static void read(ByteText bytes, Map<CaptureId, Long> into) throws IOException {
    if (bytes.length() % ENTRY_BYTES != 0) {
      throw new IOException("damaged: " + bytes.length() + " bytes of numbers");
    }
    ByteBuffer in = bytes.asBuffer();
    while (in.hasRemaining()) {
      put(into, new CaptureId(new UUID(in.getLong(), in.getLong())), in.getLong());
    }
  }
}
