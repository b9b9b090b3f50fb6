/// The topology while everything around it is killed, frozen and lost: what it wrote in the end is
/// what the fold alone says. Knows the role as its users do: by its settings, process and topics.
package io.tasktrail.streams.chaos;
