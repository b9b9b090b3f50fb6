/// How a task keeps its promises when Connect calls it in every order that it may.
package io.tasktrail.sink.connect;
