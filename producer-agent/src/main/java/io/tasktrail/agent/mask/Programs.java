package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Programs by the last part of their paths, found without making an object.
final class Programs {

  private static final byte[] BIN = {'b', 'i', 'n'};

  private final Map<String, Program> byName = new HashMap<>();

  /// Of the names that begin with a byte, how long they are: a bit for each length.
  private final long[] lengths = new long[256];

  /// Of the names that end with a byte, how long the shortest is.
  private final int[] shortest = new int[256];

  private byte[][] names = {};
  private int[] hashes = {};
  private Program[] programs = {};

  /// The one of that name, to which a rule is to be added.
  Program named(String name) {
    return byName.computeIfAbsent(name, _ -> new Program());
  }

  /// From now on none is added. Twice as many places as programs, at least: searches are short.
  Programs indexed() {
    int places = Integer.highestOneBit(Math.max(1, byName.size())) * 4;
    names = new byte[places][];
    hashes = new int[places];
    programs = new Program[places];
    Arrays.fill(shortest, Integer.MAX_VALUE);
    byName.forEach(this::put);
    return this;
  }

  private void put(String name, Program program) {
    byte[] bytes = name.getBytes(UTF_8);
    lengths[bytes[0] & 0xFF] |= lengthBit(bytes.length);
    int last = bytes[bytes.length - 1] & 0xFF;
    shortest[last] = Math.min(shortest[last], bytes.length);
    int hash = hash(bytes, 0, bytes.length);
    int place = hash & (names.length - 1);
    while (names[place] != null) {
      place = (place + 1) & (names.length - 1);
    }
    names[place] = bytes;
    hashes[place] = hash;
    programs[place] = program;
  }

  /// The program that a path or name names; OTHER where the rules say nothing of it.
  Program at(byte[] text, int from, int to) {
    int slash = Bytes.findLast(text, from, to, (byte) '/');
    return named(text, slash < 0 ? from : slash + 1, to);
  }

  /// The program that an argument names, which is not empty. A path of a folder without programs
  /// is some file.
  Program inArgument(byte[] text, int from, int to) {
    return to - from < shortest[text[to - 1] & 0xFF] ? Program.OTHER : longer(text, from, to);
  }

  private Program longer(byte[] text, int from, int to) {
    int slash = Bytes.findLast(text, from, to, (byte) '/');
    if (slash < 0) {
      return named(text, from, to);
    }
    boolean isOfPrograms =
        slash - from >= BIN.length && Bytes.startsWith(text, slash - BIN.length, slash, BIN);
    return isOfPrograms ? named(text, slash + 1, to) : Program.OTHER;
  }

  private Program named(byte[] text, int from, int to) {
    if (from >= to || (lengths[text[from] & 0xFF] & lengthBit(to - from)) == 0) {
      return Program.OTHER;
    }
    int hash = hash(text, from, to);
    int place = hash & (names.length - 1);
    while (names[place] != null) {
      if (hashes[place] == hash && isName(place, text, from, to)) {
        return programs[place];
      }
      place = (place + 1) & (names.length - 1);
    }
    return Program.OTHER;
  }

  private boolean isName(int place, byte[] text, int from, int to) {
    return names[place].length == to - from && Bytes.startsWith(text, from, to, names[place]);
  }

  private static long lengthBit(int length) {
    return 1L << Math.min(length, Long.SIZE - 1);
  }

  /// Names differ within their first bytes; the lowest bits of a product depend on few of them.
  private static int hash(byte[] text, int from, int to) {
    int hash = to - from;
    int end = Math.min(to, from + 16);
    for (int at = from; at < end; at++) {
      hash = 31 * hash + text[at];
    }
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
