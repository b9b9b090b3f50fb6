/// Filters: which events nobody is to be told of. Such an event is published all the same, marked
/// quiet and without what only people read: histories need it.
///
/// Begin with [Filter]. Rules ([FilterRules]) judge a program when it is executed; what it does
/// then is judged as the program was ([TaskTable]); what a user adds while the agent runs
/// ([Additions]) is told whatever the rules say.
///
/// What is not known is told: no rule leaves out what it can't judge. Knows nothing of the ring, of
/// publishing, of settings.
package io.tasktrail.agent.filter;
