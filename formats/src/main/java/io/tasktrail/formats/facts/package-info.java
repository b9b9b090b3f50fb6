/// What several formats ask of an event: which task it speaks of, when that was, by which key it is
/// filed. Knows nothing of any format.
package io.tasktrail.formats.facts;
