package io.tasktrail.agent.health;

import java.util.Map;

/// What became of what the proc connector told, since this agent began.
///
/// @param messages that arrived, each numbered by the kernel
/// @param overruns how often the socket was full
/// @param messagesLeftOut of the messages, what no event is made of, by why
/// @param unread execs of which something could not be read any more, by what
/// @param tasks that are known to live
public record ConnectorFigures(
    long messages,
    long overruns,
    Map<String, Long> messagesLeftOut,
    Map<String, Long> unread,
    long tasks) {

  public ConnectorFigures {
    messagesLeftOut = Map.copyOf(messagesLeftOut);
    unread = Map.copyOf(unread);
  }
}
