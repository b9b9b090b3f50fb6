package io.tasktrail.formats.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import io.tasktrail.event.ByteText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// One JSON object being written on one line. Remembers in which fields bytes had to be escaped
/// because they are not UTF-8.
public final class JsonLine {

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().characterEscapes(new VisibleEscapes()).build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
  private final JsonGenerator json = generator();
  private final Set<String> escaped = new TreeSet<>();

  /// Writes some members of an object.
  @FunctionalInterface
  public interface Members {
    /// Writes them.
    void write();
  }

  private interface Writing {
    void write() throws IOException;
  }

  /// What was written, which is done then.
  public byte[] toBytes() {
    unchecked(json::close);
    return bytes.toByteArray();
  }

  /// Dotted names of the fields with escaped bytes so far.
  public Collection<String> escaped() {
    return escaped;
  }

  /// The whole object.
  public void object(Members members) {
    unchecked(json::writeStartObject);
    members.write();
    unchecked(json::writeEndObject);
  }

  /// A member that is an object.
  public void object(String name, Members members) {
    unchecked(() -> json.writeFieldName(name));
    object(members);
  }

  /// A member that is an array.
  public void array(String name, Members elements) {
    unchecked(() -> json.writeArrayFieldStart(name));
    elements.write();
    unchecked(json::writeEndArray);
  }

  /// A member that is a number.
  public void number(String name, long value) {
    unchecked(() -> json.writeNumberField(name, value));
  }

  /// A member that is a number with a fraction.
  ///
  /// @param unscaled the number without its point
  /// @param scale how many of its digits are behind that
  public void decimal(String name, long unscaled, int scale) {
    unchecked(() -> json.writeNumberField(name, BigDecimal.valueOf(unscaled, scale)));
  }

  /// A member that is true or false.
  public void bool(String name, boolean value) {
    unchecked(() -> json.writeBooleanField(name, value));
  }

  /// A member that is a text.
  public void text(String name, String value) {
    unchecked(() -> json.writeFieldName(name));
    element(value);
  }

  /// A member that is a text: bytes that are not UTF-8 as `\xNN`.
  public void text(String name, ByteText value) {
    unchecked(() -> json.writeFieldName(name));
    element(value);
  }

  /// A member only where there is something to say.
  public void textIfAny(String name, ByteText value) {
    if (!value.isEmpty()) {
      text(name, value);
    }
  }

  /// A member that is an array of texts.
  public void texts(String name, Collection<String> values) {
    array(name, () -> values.forEach(this::element));
  }

  /// A member that is an array of texts, which may hold bytes that are not UTF-8.
  public void bytes(String name, Collection<ByteText> values) {
    array(name, () -> values.forEach(this::element));
  }

  /// Half a surrogate pair has no UTF-8: it becomes a question mark.
  private void element(String value) {
    String text = hasSurrogate(value) ? ByteText.of(value).toString() : value;
    unchecked(() -> json.writeString(text));
  }

  /// A loop, and no stream: it is asked of each text of each document.
  private static boolean hasSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void element(ByteText value) {
    if (isAscii(value)) {
      unchecked(() -> json.writeUTF8String(value.toBytes(), 0, value.length()));
      return;
    }
    if (!value.isUtf8()) {
      escaped.add(path(json.getOutputContext()));
    }
    unchecked(() -> json.writeString(value.toString()));
  }

  private static boolean isAscii(ByteText text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.at(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static String path(JsonStreamContext context) {
    if (context == null || context.inRoot()) {
      return "";
    }
    String outer = path(context.getParent());
    if (context.getCurrentName() == null) {
      return outer;
    }
    return outer.isEmpty() ? context.getCurrentName() : outer + '.' + context.getCurrentName();
  }

  private JsonGenerator generator() {
    try {
      return FACTORY.createGenerator(bytes);
    } catch (IOException toMemory) {
      throw new UncheckedIOException(toMemory);
    }
  }

  private static void unchecked(Writing writing) {
    try {
      writing.write();
    } catch (IOException toMemory) {
      throw new UncheckedIOException(toMemory);
    }
  }
}
