/// What comes of capture files, whole, torn and false.
package io.tasktrail.replay;
