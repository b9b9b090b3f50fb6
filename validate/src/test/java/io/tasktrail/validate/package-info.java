/// Documents against small definitions of the tests' own, spelled as the official ones are.
package io.tasktrail.validate;
