package io.tasktrail.streams;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/// What may happen to a record on its way.
enum Mutation {
  /// Some bytes are others.
  OTHER_BYTES {
    @Override
    byte[] of(byte[] record, Random random) {
      byte[] bytes = record.clone();
      for (int left = 1 + random.nextInt(4); left > 0; left--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      return bytes;
    }
  },
  /// One bit of what is said is another: most of these are events still.
  OTHER_BIT {
    @Override
    byte[] of(byte[] record, Random random) {
      byte[] bytes = record.clone();
      int at = PAYLOAD_AT + random.nextInt(bytes.length - PAYLOAD_AT);
      bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      return bytes;
    }
  },
  /// A length among them is absurd.
  ALL_ONES {
    @Override
    byte[] of(byte[] record, Random random) {
      byte[] bytes = record.clone();
      int at = random.nextInt(bytes.length);
      Arrays.fill(bytes, at, Math.min(at + random.nextInt(10), bytes.length), (byte) 0xFF);
      return bytes;
    }
  },
  CUT {
    @Override
    byte[] of(byte[] record, Random random) {
      return Arrays.copyOf(record, random.nextInt(record.length));
    }
  },
  LONGER {
    @Override
    byte[] of(byte[] record, Random random) {
      return Arrays.copyOf(record, record.length + 1 + random.nextInt(100));
    }
  },
  /// Its middle is missing.
  TORN {
    @Override
    byte[] of(byte[] record, Random random) {
      int from = random.nextInt(record.length);
      int to = from + random.nextInt(record.length - from);
      byte[] torn = Arrays.copyOf(record, record.length - (to - from));
      System.arraycopy(record, to, torn, from, record.length - to);
      return torn;
    }
  },
  WRONG_MAGIC {
    @Override
    byte[] of(byte[] record, Random random) {
      byte[] bytes = record.clone();
      bytes[0] = (byte) (1 + random.nextInt(255));
      return bytes;
    }
  },
  UNKNOWN_SCHEMA {
    @Override
    byte[] of(byte[] record, Random random) {
      byte[] bytes = record.clone();
      ByteBuffer.wrap(bytes).putInt(1, 10_000 + random.nextInt(10_000));
      return bytes;
    }
  },
  NOISE {
    @Override
    byte[] of(byte[] record, Random random) {
      byte[] bytes = new byte[random.nextInt(1000)];
      random.nextBytes(bytes);
      return bytes;
    }
  };

  /// Before it stands what names the schema.
  private static final int PAYLOAD_AT = 5;

  /// @param record of a few bytes at least; stays as it is
  abstract byte[] of(byte[] record, Random random);

  static byte[] any(byte[] record, Random random) {
    return values()[random.nextInt(values().length)].of(record, random);
  }
}
