/// The whole pipeline, as a user starts it: `./tasktrail` and what it leaves behind. Knows the
/// commands, the output's fields and the topics; nothing of how the roles are made.
package io.tasktrail.e2e;
