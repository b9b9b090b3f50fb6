package io.tasktrail.role.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// What is logged as a JSON object a line, in the fields of ECS.
public final class JsonLines extends Formatter {

  private static final String ECS_VERSION = "9.4.0";
  private static final JsonFactory JSON = new JsonFactory();

  /// With all three digits, so that lines can be compared as texts.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  @Override
  public String format(LogRecord record) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("@timestamp", TIME.format(record.getInstant()));
      json.writeStringField("log.level", LevelName.of(record.getLevel()).name());
      json.writeStringField("message", formatMessage(record));
      json.writeStringField("ecs.version", ECS_VERSION);
      json.writeStringField("log.logger", record.getLoggerName());
      json.writeStringField("process.thread.name", threadName());
      if (record.getThrown() != null) {
        write(record.getThrown(), json);
      }
      json.writeEndObject();
    } catch (IOException toMemory) {
      throw new UncheckedIOException(toMemory);
    }
    return line.append('\n').toString();
  }

  /// An error that nobody logs, because it ends the program.
  public static String ofFailure(String logger, String message, Throwable thrown) {
    LogRecord record = new LogRecord(Level.SEVERE, message);
    record.setLoggerName(logger);
    record.setThrown(thrown);
    return new JsonLines().format(record);
  }

  /// Formatted by the thread that logs; the record has but a number.
  private static String threadName() {
    return Thread.currentThread().getName();
  }

  private static void write(Throwable thrown, JsonGenerator json) throws IOException {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    json.writeStringField("error.type", thrown.getClass().getName());
    if (thrown.getMessage() != null) {
      json.writeStringField("error.message", thrown.getMessage());
    }
    json.writeStringField("error.stack_trace", trace.toString());
  }
}
