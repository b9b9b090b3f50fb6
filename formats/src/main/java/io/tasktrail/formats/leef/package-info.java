/// IBM QRadar's Log Event Extended Format. Knows nothing of other formats.
package io.tasktrail.formats.leef;
