package io.tasktrail.streams.letters;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/// A record that can't be decoded becomes a dead letter (KIP-1034), and the stream goes on. One
/// that can't be decoded only because the registry is away is read again once it is back.
public final class UndecodableRecords extends LogAndContinueExceptionHandler {

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception thrown) {
    return Fault.of(thrown) == Fault.OTHER
        ? super.handleError(context, record, thrown)
        : Response.fail();
  }
}
