package io.tasktrail.validate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Documents, one a line, and what is wrong with each.
final class Documents {

  /// Bytes of a line; what is longer is no document, and is not held.
  static final int LINE_BYTES_MAX = 16 << 20;

  private static final int BUFFER_BYTES = 64 << 10;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Schema schema;
  private final String name;
  private final PrintStream out;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
  private long number = 1;
  private boolean isOverlong;
  private long count;
  private long invalid;
  private long violations;

  /// @param name of where they come from, for messages
  Documents(Schema schema, String name, PrintStream out) {
    this.schema = schema;
    this.name = name;
    this.out = out;
  }

  long count() {
    return count;
  }

  /// Documents with a violation.
  long invalid() {
    return invalid;
  }

  long violations() {
    return violations;
  }

  void read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      for (int i = 0; i < got; i++) {
        take(buffer[i]);
      }
    }
    endLine();
  }

  private void take(byte octet) {
    if (octet == '\n') {
      endLine();
      number++;
    } else if (line.size() < LINE_BYTES_MAX) {
      line.write(octet);
    } else {
      isOverlong = true;
    }
  }

  private void endLine() {
    if (line.size() > 0) {
      count++;
      List<Violation> found = violations(line.toByteArray());
      found.forEach(violation -> out.println(name + ':' + number + ": " + Visible.of(violation)));
      violations += found.size();
      invalid += found.isEmpty() ? 0 : 1;
    }
    line.reset();
    isOverlong = false;
  }

  private List<Violation> violations(byte[] text) {
    if (isOverlong) {
      return List.of(new Violation("", "json", "longer than " + LINE_BYTES_MAX + " bytes"));
    }
    try {
      JsonNode document = JSON.readTree(text);
      return document.isObject()
          ? schema.violations(document)
          : List.of(new Violation("", "json", "an object is expected"));
    } catch (JacksonException malformed) {
      return List.of(new Violation("", "json", malformed.getOriginalMessage()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
