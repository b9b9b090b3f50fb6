package io.tasktrail.wire;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// A record of the vocabulary as a record of the Avro contract, and back.
///
/// @param <D> the record of the vocabulary
/// @param <A> the generated record
interface Mapping<D, A extends SpecificRecord> {

  Schema schema();

  A toAvro(D value);

  D fromAvro(A record);
}
