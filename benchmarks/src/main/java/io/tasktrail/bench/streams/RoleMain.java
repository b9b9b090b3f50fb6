package io.tasktrail.bench.streams;

import io.tasktrail.bench.stand.Patience;
import io.tasktrail.role.Launch;
import io.tasktrail.role.RoleCommand;
import io.tasktrail.role.Shutdown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The JVM of the topology. Does what a line says:
///
/// - `start TAB KEY=VALUE TAB …`: starts the role; says how many milliseconds until it runs
/// - `process TAB N`: says when the first and when the Nth record is processed ([Stopwatch#cost])
/// - `heap`: says how many bytes are in use once garbage is collected
/// - `stop`: commits and ends the role; says so
@Command(name = "bench-role")
public final class RoleMain implements RoleCommand {

  static final String START = "start";
  static final String PROCESS = "process";
  static final String HEAP = "heap";
  static final String STOP = "stop";
  static final String SEPARATOR = "\t";

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(5);

  /// A second one frees what the first one has queued for cleaning.
  private static final int COLLECTIONS = 2;

  @Parameters(arity = "0..1")
  private Path profile;

  private Patience patience;
  private RunningRole role;

  /// Runs it as the whole of this JVM.
  public static void main(String[] args) {
    Launch.main(new RoleMain(), args);
  }

  @Override
  public void run(Shutdown shutdown) throws Exception {
    patience = new Patience(shutdown, LIMIT, LOOK);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Recording _ = recording()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        obey(line.split(SEPARATOR, -1));
      }
    } finally {
      stop();
    }
  }

  /// Records nothing unless it is wanted.
  private Recording recording() throws IOException, ParseException {
    Recording recording = new Recording(Configuration.getConfiguration("profile"));
    if (profile != null) {
      recording.setDestination(profile);
      recording.start();
    }
    return recording;
  }

  private void obey(String[] words) throws Exception {
    switch (words[0]) {
      case START -> System.out.println(start(settings(words)));
      case PROCESS -> process(Long.parseLong(words[1]));
      case HEAP -> System.out.println(heap());
      case STOP -> {
        stop();
        System.out.println(STOP);
      }
      default -> throw new IllegalArgumentException("not known: " + words[0]);
    }
  }

  private static Map<String, String> settings(String[] words) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] setting = words[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    return settings;
  }

  private long start(Map<String, String> settings) throws Exception {
    long begin = System.nanoTime();
    role = RunningRole.start(settings);
    patience.until("the role running", role::isRunning);
    return Duration.ofNanos(System.nanoTime() - begin).toMillis();
  }

  private void process(long count) throws Exception {
    patience.until("the first event", () -> role.processed() > 0);
    Stopwatch.sayBegun(role.processed());
    patience.until("the last event", () -> role.processed() >= count);
    Stopwatch.sayDone(role.processed());
  }

  private static long heap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void stop() {
    if (role != null) {
      role.close();
      role = null;
    }
  }
}
