/// What destinations on other machines share.
package io.tasktrail.sink.remote;
