/// What a role tells those who watch it: its health and its metrics, over HTTP, read-only.
///
/// Shared by all roles. Knows nothing of what a role counts, nor of what makes it well: a role
/// gives it a registry of metrics and a [io.tasktrail.role.http.Health].
package io.tasktrail.role.http;
