package io.tasktrail.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The answers as they travel: for clients that are not Confluent's, and for those that err.
class RegistryAnswersTest {

  private static final String SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private LoopbackRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = LoopbackRegistry.start(LoopbackPort.free());
  }

  @AfterEach
  void stop() {
    http.close();
    registry.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET  | /                                  | {}
          GET  | /schemas/types                     | ["AVRO"]
          GET  | /schemas/ids/1                     | {"schema":"\\"string\\""}
          GET  | /schemas/ids/1?fetchMaxId=false    | {"schema":"\\"string\\""}
          GET  | /schemas/ids/1/schema              | "string"
          GET  | /schemas/ids/1/versions            | [{"subject":"s","version":1}]
          GET  | /schemas/ids/1/subjects            | ["s"]
          GET  | /schemas                           | [{"subject":"s","id":1,"version":1,"schema":"\\"string\\""}]
          GET  | /subjects                          | ["s"]
          GET  | /subjects/s/versions               | [1]
          GET  | /subjects/s/versions/1             | {"subject":"s","id":1,"version":1,"schema":"\\"string\\""}
          GET  | /subjects/s/versions/latest        | {"subject":"s","id":1,"version":1,"schema":"\\"string\\""}
          GET  | /subjects/s/versions/-1/schema     | "string"
          GET  | /subjects/s/versions/1/referencedby | []
          GET  | /config                            | {"compatibilityLevel":"FULL_TRANSITIVE"}
          GET  | /config/s?defaultToGlobal=true     | {"compatibilityLevel":"FULL_TRANSITIVE"}
          GET  | /mode                              | {"mode":"READWRITE"}
          GET  | /contexts                          | ["."]
          """)
  void aReadIsAnswered(String method, String path, String body) throws Exception {
    post("/subjects/s/versions", SCHEMA);
    HttpResponse<String> answer = send(method, path, "");
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/vnd.schemaregistry.v1+json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          POST   | /subjects/s/versions                 | {"schema":"\\"string\\""}          | {"id":1}
          POST   | /subjects/s                          | {"schema":"\\"string\\""}          | {"subject":"s","id":1,"version":1,"schema":"\\"string\\""}
          POST   | /compatibility/subjects/s/versions/latest | {"schema":"\\"string\\""}     | {"is_compatible":true}
          POST   | /compatibility/subjects/s/versions/1 | {"schema":"\\"int\\""}             | {"is_compatible":false}
          POST   | /compatibility/subjects/s/versions   | {"schema":"\\"int\\""}             | {"is_compatible":false}
          POST   | /compatibility/subjects/new/versions/latest | {"schema":"\\"int\\""}      | {"is_compatible":true}
          POST   | /compatibility/subjects/s/versions?verbose=true | {"schema":"\\"string\\""} | {"is_compatible":true,"messages":[]}
          PUT    | /config                              | {"compatibility":"full"}           | {"compatibility":"FULL"}
          PUT    | /config/s                            | {"compatibility":"NONE"}           | {"compatibility":"NONE"}
          """)
  void aChangeOrQuestionIsAnswered(String method, String path, String request, String body)
      throws Exception {
    post("/subjects/s/versions", SCHEMA);
    HttpResponse<String> answer = send(method, path, request);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET    | /nothing/here                        |                                    | 404 | 404
          DELETE | /subjects/s                          |                                    | 405 | 405
          GET    | /subjects/none/versions              |                                    | 404 | 40401
          GET    | /subjects/none/versions/latest       |                                    | 404 | 40401
          GET    | /subjects/s/versions/9               |                                    | 404 | 40402
          GET    | /subjects/s/versions/0               |                                    | 422 | 42202
          GET    | /subjects/s/versions/newest          |                                    | 422 | 42202
          GET    | /subjects/s/versions/99999999999     |                                    | 422 | 42202
          GET    | /schemas/ids/2                       |                                    | 404 | 40403
          GET    | /schemas/ids/2/versions              |                                    | 404 | 40403
          GET    | /schemas/ids/one                     |                                    | 404 | 404
          GET    | /config/s                            |                                    | 404 | 40408
          PUT    | /config                              | {"compatibility":"SIDEWARD"}       | 422 | 42203
          PUT    | /config                              | {}                                 | 400 | 400
          POST   | /subjects/none                       | {"schema":"\\"string\\""}          | 404 | 40401
          POST   | /subjects/s                          | {"schema":"\\"long\\""}            | 404 | 40403
          POST   | /subjects/s/versions                 | {"schema":"\\"long\\""}            | 409 | 409
          POST   | /subjects/s/versions                 | {"schema":"\\"strong\\""}          | 422 | 42201
          POST   | /subjects/s/versions                 | {"schema":"{"}                     | 422 | 42201
          POST   | /subjects/s/versions                 | {"schema":"x","schemaType":"JSON"} | 422 | 42201
          POST   | /subjects/s/versions                 | {"schema":"x","references":[{}]}   | 422 | 42201
          POST   | /subjects/s/versions                 | {"schema":7}                       | 400 | 400
          POST   | /subjects/s/versions                 | {                                  | 400 | 400
          POST   | /subjects/s/versions                 |                                    | 400 | 400
          """)
  void anErrorHasConfluentsStatusAndCode(
      String method, String path, String request, int status, int code) throws Exception {
    post("/subjects/s/versions", SCHEMA);
    HttpResponse<String> answer = send(method, path, request == null ? "" : request);
    assertThat(answer.body()).startsWith("{\"error_code\":" + code + ",\"message\":\"");
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void aSubjectMayHaveAnyName() throws Exception {
    post("/subjects/a%2Fb%20c+d%C3%A9/versions", SCHEMA);
    assertThat(send("GET", "/subjects", "").body()).isEqualTo("[\"a/b c+dé\"]");
  }

  @Test
  void aRequestOverTheBoundIsRefusedAndTheNextIsAnswered() throws Exception {
    char[] filler = new char[RegistryExchange.MAX_BODY_BYTES];
    Arrays.fill(filler, ' ');
    assertThat(post("/subjects/s/versions", SCHEMA + new String(filler)).statusCode())
        .isEqualTo(413);
    assertThat(post("/subjects/s/versions", SCHEMA).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .method(method, BodyPublishers.ofString(body, UTF_8))
            .build();
    return http.send(request, BodyHandlers.ofString(UTF_8));
  }
}
