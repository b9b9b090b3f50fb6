package io.tasktrail.sink.splunk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the stub says is what Splunk documents ("Troubleshoot HTTP Event Collector", "About HTTP
/// Event Collector Indexer Acknowledgment"): the words on the wire, byte by byte.
class StubHecTest {

  private static final String CHANNEL = "0e0ba1e7-0000-0000-0000-000000000001";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> headers = new HashMap<>();
  private final StubHec stub;

  StubHecTest() throws IOException {
    stub = new StubHec();
    headers.put("Authorization", "Splunk " + StubHec.TOKEN);
    headers.put("X-Splunk-Request-Channel", CHANNEL);
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  @Test
  void eventsAreTakenAndAcknowledgedOnce() throws Exception {
    assertThat(post("event", "{\"event\":\"a\"}{\"event\":{\"b\":1}}"))
        .isEqualTo("200 {\"text\":\"Success\",\"code\":0,\"ackId\":0}");
    assertThat(post("event", "{\"event\":\"c\"}"))
        .isEqualTo("200 {\"text\":\"Success\",\"code\":0,\"ackId\":1}");
    assertThat(post("ack", "{\"acks\":[0,1,7]}"))
        .isEqualTo("200 {\"acks\":{\"0\":true,\"1\":true,\"7\":false}}");
    assertThat(post("ack", "{\"acks\":[0,1]}"))
        .isEqualTo("200 {\"acks\":{\"0\":false,\"1\":false}}");
    assertThat(stub.indexed)
        .extracting(JsonNode::toString)
        .containsExactly("\"a\"", "{\"b\":1}", "\"c\"");
  }

  @Test
  void anAcknowledgementIsOfItsChannel() throws Exception {
    post("event", "{\"event\":\"a\"}");
    headers.put("X-Splunk-Request-Channel", CHANNEL.replace('1', '2'));

    assertThat(post("ack", "{\"acks\":[0]}")).isEqualTo("200 {\"acks\":{\"0\":false}}");
  }

  @Test
  void aRestartForgetsWhatWasToBeAcknowledged() throws Exception {
    post("event", "{\"event\":\"a\"}{\"event\":\"b\"}");
    stub.restart(1);

    assertThat(post("ack", "{\"acks\":[0]}")).isEqualTo("200 {\"acks\":{\"0\":false}}");
    assertThat(stub.indexed).hasSize(1);
  }

  @Test
  void withoutAcknowledgementsThereIsNoId() throws Exception {
    stub.acknowledges = false;
    headers.remove("X-Splunk-Request-Channel");

    assertThat(post("event", "{\"event\":\"a\"}"))
        .isEqualTo("200 {\"text\":\"Success\",\"code\":0}");
    assertThat(post("ack", "{\"acks\":[0]}"))
        .isEqualTo("400 {\"text\":\"ACK is disabled\",\"code\":14}");
  }

  @Test
  void whatStandsBeforeAnInvalidEventIsTaken() throws Exception {
    stub.invalid = event -> event.asText().equals("bad");

    assertThat(post("event", "{\"event\":\"a\"}{\"event\":\"bad\"}{\"event\":\"b\"}"))
        .isEqualTo("400 {\"text\":\"Invalid data format\",\"code\":6,\"invalid-event-number\":1}");
    assertThat(stub.indexed).extracting(JsonNode::asText).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"event\":\"a\"}{\"event\":|6|1",
        "{\"event\":\"a\",\"index\":\"other\"}|7|0",
        "{\"fields\":{}}|12|0",
        "{\"event\":\"\"}|13|0",
      })
  void whatIsNoEventHasACode(String body, int code, int number) throws Exception {
    assertThat(post("event", body))
        .startsWith("400 ")
        .endsWith("\"code\":" + code + ",\"invalid-event-number\":" + number + "}");
  }

  @Test
  void whoAsksMustShowAToken() throws Exception {
    assertThat(post("event", "")).isEqualTo("400 {\"text\":\"No data\",\"code\":5}");
    stub.tokenIsEnabled = false;
    assertThat(post("event", "")).isEqualTo("403 {\"text\":\"Token disabled\",\"code\":1}");
    headers.put("Authorization", "Splunk x");
    assertThat(post("event", "")).isEqualTo("403 {\"text\":\"Invalid token\",\"code\":4}");
    headers.put("Authorization", "Bearer x");
    assertThat(post("ack", "{}")).isEqualTo("401 {\"text\":\"Invalid authorization\",\"code\":3}");
    headers.remove("Authorization");
    assertThat(post("event", "")).isEqualTo("401 {\"text\":\"Token is required\",\"code\":2}");
  }

  @Test
  void aTokenThatAcknowledgesAsksForAChannel() throws Exception {
    headers.put("X-Splunk-Request-Channel", "7");
    assertThat(post("event", "{\"event\":\"a\"}"))
        .isEqualTo("400 {\"text\":\"Invalid data channel\",\"code\":11}");
    headers.remove("X-Splunk-Request-Channel");
    assertThat(post("event", "{\"event\":\"a\"}"))
        .isEqualTo("400 {\"text\":\"Data channel is missing\",\"code\":10}");
  }

  @Test
  void whatItIsToldToSayItSaysAndTakesNothing() throws Exception {
    stub.answers.add(StubHec.Code.SERVER_BUSY);
    stub.answers.add(StubHec.Code.QUEUE_AT_CAPACITY);

    assertThat(health())
        .isEqualTo("503 {\"text\":\"HEC is unhealthy, queues are full\",\"code\":18}");
    assertThat(post("event", "{\"event\":\"a\"}"))
        .isEqualTo("503 {\"text\":\"Server is busy\",\"code\":9}");
    assertThat(post("event", "{\"event\":\"a\"}")).startsWith("429 ").endsWith("\"code\":26}");
    assertThat(stub.indexed).isEmpty();
    assertThat(health()).isEqualTo("200 {\"text\":\"HEC is healthy\",\"code\":17}");
  }

  @Test
  void faultsLoseAnswersAndNothingElse() throws Exception {
    stub.answersToLose = 1;
    assertThatThrownBy(() -> post("event", "{\"event\":\"a\"}")).isInstanceOf(IOException.class);
    assertThat(stub.indexed).hasSize(1);

    stub.acksToLose = 1;
    assertThatThrownBy(() -> post("ack", "{\"acks\":[0]}")).isInstanceOf(IOException.class);
    assertThat(post("ack", "{\"acks\":[0]}")).isEqualTo("200 {\"acks\":{\"0\":false}}");
  }

  @Test
  void aBodyThatIsTooLongIsNotTaken() throws Exception {
    stub.bytesMax = 10;

    assertThat(post("event", "{\"event\":\"a\"}")).startsWith("413 ");
    assertThat(stub.indexed).isEmpty();
  }

  private String health() throws Exception {
    return send(HttpRequest.newBuilder(stub.address().resolve("/services/collector/health")));
  }

  private String post(String what, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(stub.address().resolve("/services/collector/" + what));
    headers.forEach(request::header);
    if (body.isEmpty()) {
      return send(request.POST(BodyPublishers.noBody()));
    }
    return send(
        request
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(gzip(body.getBytes(UTF_8)))));
  }

  private String send(HttpRequest.Builder request) throws Exception {
    var response = client.send(request.build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
