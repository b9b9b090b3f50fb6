package io.tasktrail.wire;

/// A record of the vocabulary as Avro binary of the contract: field by field, in its order.
interface Form<D> extends ReadingForm<D>, WritingForm<D> {}
