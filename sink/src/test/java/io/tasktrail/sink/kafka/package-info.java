/// Tests of records in a topic.
package io.tasktrail.sink.kafka;
