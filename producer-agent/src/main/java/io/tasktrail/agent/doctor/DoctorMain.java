package io.tasktrail.agent.doctor;

import io.tasktrail.role.Launch;

/// The JVM of `tasktrail doctor`.
public final class DoctorMain {

  private DoctorMain() {}

  /// Runs the command, and ends with its exit status.
  public static void main(String[] args) {
    quieten();
    Launch.main(new DoctorCommand(), args);
  }

  /// What Kafka's clients would log is what the checks tell.
  private static void quieten() {
    for (String room : new String[] {"org.apache.kafka", "io.confluent"}) {
      System.setProperty("org.slf4j.simpleLogger.log." + room, "off");
    }
  }
}
