/// JSON documents against the official definitions of a schema, as its makers publish them: which
/// fields there are, of which types, with which values.
///
/// The definitions are read from a directory; none of them is within. Knows nothing of events, of
/// formats, nor of who wrote a document.
package io.tasktrail.validate;
