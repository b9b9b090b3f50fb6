package io.tasktrail.streams.letters;

import io.tasktrail.streams.balance.DeadLetterReason;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/// A record that can't be decoded becomes a dead letter (KIP-1034), and the stream goes on. One
/// that can't be decoded only because the registry is away is read again once it is back.
public final class UndecodableRecords extends LogAndContinueExceptionHandler {

  private Letters letters;

  @Override
  public void configure(Map<String, ?> configs) {
    super.configure(configs);
    letters = new Letters(configs);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception thrown) {
    letters.counters().read();
    if (Fault.of(thrown) != Fault.OTHER) {
      letters.counters().brokenOff();
      return Response.fail();
    }
    letters.count(DeadLetterReason.UNDECODABLE, context, thrown);
    return super.handleError(context, record, thrown);
  }
}
