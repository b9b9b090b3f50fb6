package io.tasktrail.audit;

import java.util.OptionalLong;

/// Numbers in text that anybody may have written.
final class Numbers {

  private static final int DECIMAL_DIGITS_MAX = 18;
  private static final int HEX_DIGITS_MAX = 16;

  private Numbers() {}

  static OptionalLong decimal(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.isEmpty() || digits.length() > DECIMAL_DIGITS_MAX) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      number = 10 * number + digit;
    }
    return OptionalLong.of(negative ? -number : number);
  }

  static OptionalLong hex(String text) {
    if (text.isEmpty() || text.length() > HEX_DIGITS_MAX) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return OptionalLong.empty();
      }
      number = number << 4 | digit;
    }
    return OptionalLong.of(number);
  }
}
