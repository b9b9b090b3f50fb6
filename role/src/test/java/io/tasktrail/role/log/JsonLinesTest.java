package io.tasktrail.role.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @Test
  void lineIsAnObjectInFieldsOfEcs() throws IOException {
    JsonNode line = line(record("two\nlines and a \"quote\" \u001b[2J"));

    assertThat(line.get("@timestamp").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
    assertThat(line.get("log.level").asText()).isEqualTo("WARN");
    assertThat(line.get("log.logger").asText()).isEqualTo("io.tasktrail.Cat");
    assertThat(line.get("message").asText()).isEqualTo("two\nlines and a \"quote\" \u001b[2J");
    assertThat(line.get("process.thread.name").asText())
        .isEqualTo(Thread.currentThread().getName());
    assertThat(line.has("error.type")).isFalse();
  }

  @Test
  void whatWasThrownIsToldWithItsTraceInTheSameLine() throws IOException {
    LogRecord record = record("no food");
    record.setThrown(new IllegalStateException("bowl", new IOException("empty")));

    JsonNode line = line(record);

    assertThat(line.get("error.type").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("error.message").asText()).isEqualTo("bowl");
    assertThat(line.get("error.stack_trace").asText())
        .contains("Caused by: java.io.IOException: empty", "\tat ");
  }

  @Test
  void levelsAreThoseOfTheSimpleProvider() {
    Properties simple = new Properties();
    simple.put("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    simple.put("org.slf4j.simpleLogger.log.io.tasktrail", "info");
    simple.put("org.slf4j.simpleLogger.log.org.apache", "off");
    simple.put("org.slf4j.simpleLogger.showDateTime", "true");

    assertThat(JsonLogging.configuration(simple))
        .containsEntry(".level", "WARNING")
        .containsEntry("io.tasktrail.level", "INFO")
        .containsEntry("org.apache.level", "OFF")
        .hasSize(6);
  }

  private static LogRecord record(String message) {
    LogRecord record = new LogRecord(Level.WARNING, message);
    record.setLoggerName("io.tasktrail.Cat");
    record.setInstant(Instant.parse("2026-01-02T03:04:05Z"));
    return record;
  }

  private static JsonNode line(LogRecord record) throws IOException {
    String line = new JsonLines().format(record);
    assertThat(line).endsWith("\n").hasLineCount(1);
    return new ObjectMapper().readTree(line);
  }
}
