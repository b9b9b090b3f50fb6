package io.tasktrail.streams.letters;

import io.tasktrail.streams.balance.DeadLetterReason;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/// A record that the fold can't take becomes a dead letter (KIP-1033, KIP-1034), and the stream
/// goes on.
///
/// What Kafka itself throws on the way is not the record's fault: a failed send of an earlier
/// record and a registry that is away surface in whatever record is at hand. Kafka's own handler
/// would go on, and lose both.
public final class UnfoldableRecords extends LogAndContinueProcessingExceptionHandler {

  private Letters letters;

  /// Whether a record becomes a dead letter for what was thrown while it was at hand. Kafka Streams
  /// never asks a handler about a ClassCastException.
  public static boolean blames(Throwable thrown) {
    return !(thrown instanceof KafkaException)
        && !(thrown instanceof ClassCastException)
        && Fault.of(thrown) == Fault.OTHER;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    super.configure(configs);
    letters = new Letters(configs);
  }

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception thrown) {
    if (!blames(thrown)) {
      return Response.fail();
    }
    letters.count(reason(thrown), context, thrown);
    return super.handleError(context, record, thrown);
  }

  private static DeadLetterReason reason(Exception thrown) {
    return thrown instanceof RefusedRecord refused ? refused.reason() : DeadLetterReason.UNFOLDABLE;
  }
}
