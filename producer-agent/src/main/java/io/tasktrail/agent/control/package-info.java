/// What a user may ask of a running agent, over a unix socket: which processes and containers are
/// told of whatever the filter says.
///
/// One line asks, lines answer, `ok` or `error` first; then the connection is closed. The agent's
/// own thread never waits for it: [Desk] holds what was asked for in one immutable value.
package io.tasktrail.agent.control;
