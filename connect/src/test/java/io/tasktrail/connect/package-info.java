/// The sink in a real cluster of Kafka Connect.
package io.tasktrail.connect;
