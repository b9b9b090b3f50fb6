/// Tests of the audit source.
package io.tasktrail.audit;
