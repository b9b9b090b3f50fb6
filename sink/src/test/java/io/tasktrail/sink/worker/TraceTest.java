package io.tasktrail.sink.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTest {

  @Test
  void whatHappenedFirstIsTold() {
    assertThat(
            Trace.rootOf(
                """
                org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask
                \tat x.Y.z(Y.java:1)
                Caused by: a.B: then this
                \t... 3 more
                Caused by: c.D: first this
                \tat x.Y.z(Y.java:1)
                """))
        .isEqualTo("c.D: first this");
  }

  @Test
  void whatTheTaskSaysStandsForItself() {
    assertThat(
            Trace.rootOf(
                """
                org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask
                Caused by: org.apache.kafka.connect.errors.ConnectException: the disk is full
                \tat x.Y.z(Y.java:1)
                """))
        .isEqualTo("the disk is full");
  }

  @Test
  void aTraceOfOneLineIsThatLine() {
    assertThat(Trace.rootOf("c.D: alone")).isEqualTo("c.D: alone");
  }
}
