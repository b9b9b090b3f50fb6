/// The topics of tasktrail as they must be on a broker: made where they are missing, checked where
/// they are there. Knows nothing of what is in them.
package io.tasktrail.streams.topics;
