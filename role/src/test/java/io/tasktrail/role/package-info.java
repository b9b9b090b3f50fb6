/// How every role behaves: settings, exit status, ending.
package io.tasktrail.role;
