/// Lines for people, `grep` and `awk`. Knows nothing of other formats.
package io.tasktrail.formats.text;
