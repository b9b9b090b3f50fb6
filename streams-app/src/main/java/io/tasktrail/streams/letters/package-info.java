/// What becomes of a record that can't be taken: a dead letter, unless it is not the record's
/// fault.
package io.tasktrail.streams.letters;
