/// See the package of the same name that is tested here.
package io.tasktrail.formats.audit;
