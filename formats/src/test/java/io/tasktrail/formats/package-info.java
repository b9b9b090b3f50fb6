/// What each format makes of each kind of event, however hostile its names are.
package io.tasktrail.formats;
