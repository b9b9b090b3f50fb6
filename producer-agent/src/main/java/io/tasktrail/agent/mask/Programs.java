package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Programs by the last part of their paths, found without making an object.
final class Programs {

  private final Map<String, Program> byName = new HashMap<>();
  private byte[][] names = {};
  private Program[] programs = {};

  /// The one of that name, to which a rule is to be added.
  Program named(String name) {
    return byName.computeIfAbsent(name, _ -> new Program());
  }

  /// From now on none is added. Twice as many places as programs, at least: searches are short.
  Programs indexed() {
    int places = Integer.highestOneBit(Math.max(1, byName.size())) * 4;
    names = new byte[places][];
    programs = new Program[places];
    byName.forEach(this::put);
    return this;
  }

  private void put(String name, Program program) {
    byte[] bytes = name.getBytes(UTF_8);
    int place = place(bytes, 0, bytes.length);
    while (names[place] != null) {
      place = (place + 1) & (names.length - 1);
    }
    names[place] = bytes;
    programs[place] = program;
  }

  /// The program that a path or name names; OTHER where the rules say nothing of it.
  Program at(byte[] text, int from, int to) {
    int base = Bytes.findLast(text, from, to, (byte) '/') + 1;
    int begin = base == 0 ? from : base;
    int place = place(text, begin, to);
    while (names[place] != null) {
      if (Arrays.equals(names[place], 0, names[place].length, text, begin, to)) {
        return programs[place];
      }
      place = (place + 1) & (names.length - 1);
    }
    return Program.OTHER;
  }

  /// Names differ within their first bytes.
  private int place(byte[] text, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to && at < from + 16; at++) {
      hash = 31 * hash + text[at];
    }
    return (hash ^ hash >>> 7) & (names.length - 1);
  }
}
