package io.tasktrail.packages;

import static org.awaitility.Awaitility.await;

import io.tasktrail.event.Fact;
import io.tasktrail.event.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an administrator does with the package on a host that runs: installs, starts, upgrades and
/// downgrades, of which each restarts the agent, and has it armed before init from the next boot
/// on. Programs are executed all the time meanwhile.
final class Installation {

  private static final Duration SOON = Duration.ofMinutes(10);

  private final Guest guest;
  private final TaskEventsTopic topic;
  private final Map<String, Duration> stages = new LinkedHashMap<>();

  Installation(Guest guest, TaskEventsTopic topic) {
    this.guest = guest;
    this.topic = topic;
  }

  /// Does it all, and tells how long each step took: typed on this machine until the prompt is
  /// back, or until the broker has what is waited for.
  Map<String, Duration> run(List<String> settings) {
    guest.logIn();
    guest.run("rpm --initdb");
    Instant begin = Instant.now();
    step("rpm -i", "rpm -i --nodeps /root/old.rpm");
    guest.run("systemctl is-enabled tasktrail-arm tasktrail-agent > /var/tmp/installed");
    guest.run("ls -A /sys/fs/bpf >> /var/tmp/installed");
    guest.run("echo '# edited' >> /etc/tasktrail/agent.properties");
    for (String line : settings) {
      guest.run("echo " + line + " >> /etc/tasktrail/agent.d/site.properties");
    }
    step("systemctl enable --now", "systemctl enable --now tasktrail-arm tasktrail-agent");
    await().atMost(SOON).until(() -> !topic.events().isEmpty());
    stages.put(
        "from rpm -i to the first acknowledged event", Duration.between(begin, topic.begin()));
    guest.run("storm &");
    arrives("started");
    step("rpm -U", "rpm -U --nodeps /root/new.rpm");
    arrives("upgraded");
    guest.run("rpm -q tasktrail-agent > /var/tmp/upgraded");
    step("rpm -U --oldpackage", "rpm -U --oldpackage --nodeps /root/old.rpm");
    guest.run("update-initramfs -u > /var/tmp/update-initramfs 2>&1 &");
    arrives("downgraded");
    guest.run("storm --calm");
    arrives("calm");
    step("look", "look");
    step("update-initramfs, begun after the downgrade", "wait");
    return stages;
  }

  private void step(String name, String command) {
    timed(name, () -> guest.run(command));
  }

  /// Executes a program with that word, and waits until the broker has it.
  private void arrives(String word) {
    guest.run("/usr/bin/env marker=" + word + " true");
    timed(
        word + ": acknowledged",
        () -> await().atMost(SOON).until(() -> hasMarker(topic.events(), word)));
  }

  /// Whether a program was executed with that word.
  static boolean hasMarker(List<TaskEvent> events, String word) {
    return events.stream()
        .map(TaskEvent::fact)
        .anyMatch(
            fact ->
                fact instanceof Fact.Executed exec
                    && exec.arguments().values().toString().contains("marker=" + word));
  }

  private void timed(String name, Runnable what) {
    Instant begin = Instant.now();
    what.run();
    stages.put(name, Duration.between(begin, Instant.now()));
  }
}
