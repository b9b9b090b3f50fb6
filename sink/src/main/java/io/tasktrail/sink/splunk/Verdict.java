package io.tasktrail.sink.splunk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the collector says of a request: by its own code where it gives one, else by the status.
sealed interface Verdict {

  /// It took all of it.
  ///
  /// @param ackId by which it can be asked whether that is indexed; empty without acknowledgements
  record Accepted(OptionalLong ackId) implements Verdict {}

  /// It can't read an event. It took those before, and none behind.
  ///
  /// @param number which one, from 0; empty where it does not say
  record Invalid(String reason, OptionalInt number) implements Verdict {}

  /// It takes no request as long as this.
  record TooLarge() implements Verdict {}

  /// It is to be asked again later.
  record Busy(String reason) implements Verdict {}

  /// An administrator must mend something first.
  record Stopped(String reason, Cure cure) implements Verdict {

    IOException at(URI node) {
      return new IOException(
          "%s takes nothing of this sink (%s): %s".formatted(node, reason, cure.text()));
    }
  }

  /// What is to be mended.
  enum Cure {
    TOKEN("check sink.splunk.token, and that it is enabled"),
    INDEX("check sink.splunk.index, and that the token may write there"),
    CHANNEL_MISSING("its token acknowledges: set sink.splunk.acks=true"),
    CHANNEL_LOST("it is sent again, by a new channel"),
    NO_ACKS(
        "its token does not acknowledge: let it (useACK), or set sink.splunk.acks=false, which"
            + " loses events when Splunk is killed"),
    ADDRESS("check sink.splunk.url: there must be the HTTP event collector of a Splunk");

    private final String text;

    Cure(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// A verdict on a request.
  ///
  /// @param answer its body; a missing node where that is no JSON
  static Verdict of(int status, JsonNode answer) {
    String reason = reason(status, answer);
    return switch (status) {
      case 200 ->
          answer.path("code").isInt()
              ? new Accepted(ackId(answer))
              : new Stopped(reason, Cure.ADDRESS);
      case 413 -> new TooLarge();
      case 400 -> ofCode(answer, reason);
      case 401, 403 -> new Stopped(reason, Cure.TOKEN);
      case 408, 429 -> new Busy(reason);
      default -> status >= 500 ? new Busy(reason) : new Stopped(reason, Cure.ADDRESS);
    };
  }

  private static Verdict ofCode(JsonNode answer, String reason) {
    return switch (answer.path("code").asInt(-1)) {
      case 1, 2, 3, 4, 16, 21, 22 -> new Stopped(reason, Cure.TOKEN);
      case 7 -> new Stopped(reason, Cure.INDEX);
      case 10 -> new Stopped(reason, Cure.CHANNEL_MISSING);
      case 11 -> new Stopped(reason, Cure.CHANNEL_LOST);
      case 14 -> new Stopped(reason, Cure.NO_ACKS);
      default -> new Invalid(reason, number(answer));
    };
  }

  private static OptionalLong ackId(JsonNode answer) {
    JsonNode id = answer.path("ackId");
    return id.isIntegralNumber() ? OptionalLong.of(id.longValue()) : OptionalLong.empty();
  }

  private static OptionalInt number(JsonNode answer) {
    JsonNode number = answer.path("invalid-event-number");
    return number.isInt() ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
  }

  private static String reason(int status, JsonNode answer) {
    return answer.path("code").isInt()
        ? "status %d, code %d: %s"
            .formatted(status, answer.path("code").intValue(), answer.path("text").asText())
        : "status %d, without a code".formatted(status);
  }
}
