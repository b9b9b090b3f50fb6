package io.tasktrail.streams.letters;

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

  @Override
  public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception thrown) {
    return thrown instanceof KafkaException || Fault.of(thrown) != Fault.OTHER
        ? Response.fail()
        : super.handleError(context, record, thrown);
  }
}
