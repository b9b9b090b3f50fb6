/// Open Cybersecurity Schema Framework: one JSON document an event. Knows nothing of other formats,
/// nor of where documents go.
package io.tasktrail.formats.ocsf;
