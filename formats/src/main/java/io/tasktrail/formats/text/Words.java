package io.tasktrail.formats.text;

import io.tasktrail.event.ByteText;

/// A line of words separated by single spaces; what others chose is encoded so that it stays one
/// word.
final class Words {

  private final StringBuilder line = new StringBuilder(256);

  void word(String own) {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(own);
  }

  void value(String foreign) {
    word("");
    encode(ByteText.of(foreign));
  }

  void number(String name, long value) {
    word(name);
    line.append('=').append(value);
  }

  void text(String name, String value) {
    text(name, ByteText.of(value));
  }

  void text(String name, ByteText value) {
    word(name);
    line.append('=');
    encode(value);
  }

  private void encode(ByteText text) {
    for (int i = 0; i < text.length(); i++) {
      encode(text.at(i));
    }
  }

  private void encode(int octet) {
    if (isPlain(octet)) {
      line.append((char) octet);
    } else {
      line.append('\\');
      for (int shift = 6; shift >= 0; shift -= 3) {
        line.append((char) ('0' + ((octet >> shift) & 7)));
      }
    }
  }

  private static boolean isPlain(int octet) {
    return ('a' <= octet && octet <= 'z')
        || ('A' <= octet && octet <= 'Z')
        || ('0' <= octet && octet <= '9')
        || octet == '.'
        || octet == '_'
        || octet == '/'
        || octet == '-';
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
