/// Files of rules, a rule a line: how they are read, and how what is wrong is told. What the rules
/// say is the affair of who reads them.
package io.tasktrail.agent.rules;
