/// JSON on one line, whatever the names in it hold. Knows nothing of events.
package io.tasktrail.formats.json;
