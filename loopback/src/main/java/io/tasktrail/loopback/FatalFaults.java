package io.tasktrail.loopback;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;

/// The faults that Kafka's server answers by ending the process, without a word on stderr: a full
/// disk among them.
///
/// While a broker starts, such a fault is an exception and the starter's affair. When one is
/// running, the process ends, as Kafka means it to, after a line that says why. Kafka's [Exit] is
/// one for the whole JVM, so this is too.
final class FatalFaults {

  private static final Set<Path> RUNNING = ConcurrentHashMap.newKeySet();

  private FatalFaults() {}

  static FaultHandlerFactory handlers() {
    return (name, fatal, action) ->
        fatal ? fatalHandler(name, action) : new LoggingFaultHandler(name, action);
  }

  private static FaultHandler fatalHandler(String name, Runnable action) {
    return (message, cause) -> {
      action.run();
      return failed(name + ": " + message, cause);
    };
  }

  static void announceExits() {
    Exit.setExitProcedure(FatalFaults::exit);
    Exit.setHaltProcedure(FatalFaults::exit);
  }

  static void running(Path data) {
    RUNNING.add(data);
  }

  static void stopped(Path data) {
    RUNNING.remove(data);
  }

  private static void exit(int status, String message) {
    String reason =
        message == null ? "its data directory cannot be used; is the disk full?" : message;
    throw failed(reason, null);
  }

  private static IllegalStateException failed(String reason, Throwable cause) {
    if (!RUNNING.isEmpty()) {
      System.err.println("embedded Kafka broker (data in " + RUNNING + ") ended: " + reason);
      Runtime.getRuntime().halt(1);
    }
    return new IllegalStateException(reason, cause);
  }
}
