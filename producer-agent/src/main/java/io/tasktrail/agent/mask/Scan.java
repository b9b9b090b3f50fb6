package io.tasktrail.agent.mask;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// Finds the secrets that are seen without knowing the program: one pass over the bytes of an
/// argument, which goes on behind what it found.
final class Scan {

  private static final byte DULL = 0;
  private static final byte EQUALS = 1;
  private static final byte COLON = 2;
  private static final byte BOUNDARY = 3;

  private static final int NONE = -1;
  private static final TokenShape[] NO_SHAPES = {};

  private static final byte[] BEGIN = "-----BEGIN ".getBytes(US_ASCII);
  private static final byte[] PRIVATE = "PRIVATE KEY-----".getBytes(US_ASCII);
  private static final byte[] PGP_PRIVATE = "PRIVATE KEY BLOCK-----".getBytes(US_ASCII);
  private static final byte[] END = "-----END".getBytes(US_ASCII);

  /// Beside a name, a sign and the secret.
  private static final int BESIDE_NAME = 2;

  private static final int SHORTEST_URL = "://:p@".length();

  /// So far behind BEGIN the words that name a private key are looked for.
  private static final int KEY_NAME_MAX = 32;

  /// So far behind a slash the `@` of an address is looked for.
  private static final int SLASHED_PASSWORD_MAX = 24;

  /// A user of an address that is as long as this is a token.
  private static final int TOKEN_USER_LEAST = 20;

  private final Names names;
  private final byte[] interest = new byte[256];

  /// Of bytes with which a word may begin that is a token or a key.
  private final boolean[] begins = new boolean[256];

  private final TokenShape[][] shapes = new TokenShape[128][];
  private final int[][] shapeRules = new int[128][];

  /// Of the tokens that begin with a byte, how long the shortest is.
  private final int[] shortest = new int[128];

  /// How long the shortest argument is that has a token, a key or an address with a password.
  private int shortestNameless = Integer.MAX_VALUE;

  private int urlRule = NONE;
  private int keyRule = NONE;

  Scan(Names names) {
    this.names = names;
    Arrays.fill(shapes, NO_SHAPES);
    for (int is = 0; is < interest.length; is++) {
      interest[is] = Bytes.isOfName((byte) is) ? DULL : BOUNDARY;
    }
    interest['='] = EQUALS;
    interest[':'] = COLON;
  }

  void add(TokenShape shape, int rule) {
    byte first = shape.prefix()[0];
    int size = shapes[first].length;
    shapes[first] = Arrays.copyOf(shapes[first], size + 1);
    shapeRules[first] = size == 0 ? new int[1] : Arrays.copyOf(shapeRules[first], size + 1);
    shapes[first][size] = shape;
    shapeRules[first][size] = rule;
    shortest[first] = size == 0 ? shape.least() : Math.min(shortest[first], shape.least());
    begins[first] = true;
    shortestNameless = Math.min(shortestNameless, shape.least());
  }

  void addUrl(int rule) {
    urlRule = rule;
    shortestNameless = Math.min(shortestNameless, SHORTEST_URL);
  }

  void addPrivateKey(int rule) {
    keyRule = rule;
    shortestNameless = Math.min(shortestNameless, BEGIN.length);
    begins['-'] = true;
  }

  /// Adds what is found in an argument; tokens and keys only where a word begins.
  ///
  /// @param line whether it is a line of a shell
  void find(byte[] text, int from, int to, boolean line, Spans found) {
    if (to - from < shortestNameless && to - from - BESIDE_NAME < names.shortest()) {
      return;
    }
    byte[] kinds = interest;
    int at = beginsAt(text, from, to) ? afterWord(text, from, to, found) : from;
    while (at < to) {
      byte kind = kinds[text[at] & 0xFF];
      if (kind == DULL) {
        at++;
      } else {
        at = kind == BOUNDARY ? at + 1 : look(kind, text, from, at, to, line, found);
        at = beginsAt(text, at, to) ? afterWord(text, at, to, found) : at;
      }
    }
  }

  /// Whether a token or key may begin there.
  private boolean beginsAt(byte[] text, int at, int to) {
    return at < to && begins[text[at] & 0xFF];
  }

  /// Behind the token or key that begins there, if one does.
  private int afterWord(byte[] text, int at, int to, Spans found) {
    if (text[at] != '-') {
      return token(text, at, to, found);
    }
    return to - at > BEGIN.length ? privateKey(text, at, to, found) : at;
  }

  /// Looks closer, and says where to go on.
  private int look(byte kind, byte[] text, int from, int at, int to, boolean line, Spans found) {
    int end =
        kind == EQUALS
            ? assignment(text, from, at, to, line, found)
            : colon(text, from, at, to, line, found);
    return Math.max(end, at + 1);
  }

  private int assignment(byte[] text, int from, int at, int to, boolean line, Spans found) {
    int rule = names.ofAssigned(text, from, at);
    if (rule == NONE) {
      return at;
    }
    int end = Value.ofAssignment(text, opener(text, from, at), at + 1, to, line);
    found.add(text, at + 1, end, rule);
    return end;
  }

  /// The byte before the name that ends there; 0: the argument begins with it.
  private static byte opener(byte[] text, int from, int nameEnd) {
    int at = nameEnd;
    while (at > from && Bytes.isOfName(text[at - 1])) {
      at--;
    }
    return at == from ? 0 : text[at - 1];
  }

  private int colon(byte[] text, int from, int at, int to, boolean line, Spans found) {
    if (to - at > 2 && text[at + 1] == '/' && text[at + 2] == '/') {
      return urlRule == NONE ? at : url(text, at + 3, to, found);
    }
    if (at > from && Bytes.isQuote(text[at - 1])) {
      return member(text, from, at, to, found);
    }
    int rule = names.ofHeader(text, from, at);
    if (rule == NONE) {
      return at;
    }
    int begin = afterSpaces(text, at + 1, to);
    int end = Value.ofHeader(text, opener(text, from, at), begin, to, line);
    found.add(text, begin, end, rule);
    return end;
  }

  /// `"name": "value"`, its quotes perhaps behind backslashes.
  private int member(byte[] text, int from, int at, int to, Spans found) {
    boolean escaped = at - 2 >= from && text[at - 2] == '\\';
    int nameEnd = escaped ? at - 2 : at - 1;
    int rule = names.ofAssigned(text, from, nameEnd);
    if (rule == NONE) {
      return at;
    }
    int begin = afterSpaces(text, at + 1, to);
    if (escaped && begin < to && text[begin] == '\\') {
      begin++;
    }
    boolean quoted = begin < to && Bytes.isQuote(text[begin]);
    int end =
        quoted
            ? closing(text, begin + 1, to, text[begin], escaped)
            : Value.ofMember(text, begin, to);
    found.add(text, quoted ? begin + 1 : begin, end, rule);
    return end;
  }

  private static int closing(byte[] text, int from, int to, byte quote, boolean escaped) {
    int at = from;
    while (at < to && text[at] != quote) {
      at += text[at] == '\\' && !escaped ? 2 : 1;
    }
    int end = Math.min(at, to);
    return escaped && end > from && text[end - 1] == '\\' ? end - 1 : end;
  }

  private static int afterSpaces(byte[] text, int from, int to) {
    int at = from;
    while (at < to && Bytes.isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /// `user:password@host`.
  private int url(byte[] text, int from, int to, Spans found) {
    int stop = from;
    while (stop < to && !endsAuthority(text[stop])) {
      stop++;
    }
    int host = Bytes.findLast(text, from, stop, (byte) '@');
    int colon = Bytes.find(text, from, stop, (byte) ':');
    if (host < 0) {
      host = colon < stop ? slashedPassword(text, colon, stop, to) : NONE;
    }
    if (host < 0) {
      return stop;
    }
    int user = Math.min(colon, host);
    if (isToken(text, from, user)) {
      found.add(text, from, user, urlRule);
    }
    found.add(text, user + 1, host, urlRule);
    return host;
  }

  private static boolean endsAuthority(byte is) {
    return is == '/' || is == '?' || is == '#' || Bytes.isQuote(is) || Bytes.isSpace(is);
  }

  /// What stands between a colon and a slash and is no port is the beginning of a password.
  private static int slashedPassword(byte[] text, int colon, int slash, int to) {
    int at = colon + 1;
    while (at < slash && Bytes.isDigit(text[at])) {
      at++;
    }
    if (at == slash) {
      return NONE;
    }
    int most = Math.min(to, slash + SLASHED_PASSWORD_MAX);
    while (at < most && text[at] != '@' && !Bytes.isQuote(text[at]) && !Bytes.isSpace(text[at])) {
      at++;
    }
    return at < most && text[at] == '@' ? at : NONE;
  }

  private static boolean isToken(byte[] text, int from, int to) {
    boolean digit = false;
    for (int at = from; at < to; at++) {
      if (!Bytes.isOfName(text[at]) || text[at] == '.') {
        return false;
      }
      digit |= Bytes.isDigit(text[at]);
    }
    return digit && to - from >= TOKEN_USER_LEAST;
  }

  /// All but the lines that say what it is.
  private int privateKey(byte[] text, int at, int to, Spans found) {
    if (!Bytes.startsWith(text, at, to, BEGIN)) {
      return at;
    }
    int most = Math.min(to, at + BEGIN.length + KEY_NAME_MAX);
    for (int word = at + BEGIN.length; word < most && isOfKeyName(text[word]); word++) {
      int body = afterKeyName(text, word, to);
      if (body > 0) {
        int end = endOfKey(text, body, to);
        found.add(text, body, end, keyRule);
        return end;
      }
    }
    return at;
  }

  private static boolean isOfKeyName(byte is) {
    return Bytes.isUpper(is) || is == ' ';
  }

  private static int endOfKey(byte[] text, int body, int to) {
    int end = body;
    while (end < to && !Bytes.startsWith(text, end, to, END)) {
      end++;
    }
    return end;
  }

  private static int afterKeyName(byte[] text, int at, int to) {
    return Bytes.startsWith(text, at, to, PRIVATE)
        ? at + PRIVATE.length
        : Bytes.startsWith(text, at, to, PGP_PRIVATE) ? at + PGP_PRIVATE.length : NONE;
  }

  /// Nothing within a word tells more than that it is a token.
  private int token(byte[] text, int at, int to, Spans found) {
    int end = at + 1;
    while (end < to && Bytes.isOfName(text[end])) {
      end++;
    }
    byte first = text[at];
    if (end - at >= shortest[first]) {
      token(shapes[first], shapeRules[first], text, at, end, found);
    }
    return end;
  }

  private static void token(
      TokenShape[] candidates, int[] rules, byte[] text, int from, int to, Spans found) {
    for (int i = 0; i < candidates.length; i++) {
      if (candidates[i].is(text, from, to)) {
        found.add(text, from, to, rules[i]);
        return;
      }
    }
  }
}
