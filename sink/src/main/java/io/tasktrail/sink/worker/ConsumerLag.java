package io.tasktrail.sink.worker;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/// How far the consumers of a connector are behind. They are Connect's own: only JMX shows them.
final class ConsumerLag implements Supplier<Map<String, Double>> {

  private static final String LAG = "records-lag";
  private static final String PARTITION = "partition";

  private static final ObjectName CONSUMERS =
      named("kafka.consumer:type=consumer-fetch-manager-metrics,topic=*,partition=*,client-id=*");

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final String clients;

  /// @param connector its name
  ConsumerLag(String connector) {
    clients = "connector-consumer-" + connector + "-";
  }

  @Override
  public Map<String, Double> get() {
    Map<String, Double> behind = new HashMap<>();
    for (ObjectName each : beans.queryNames(CONSUMERS, null)) {
      try {
        double lag = ((Number) beans.getAttribute(each, LAG)).doubleValue();
        if (!Double.isNaN(lag) && each.getKeyProperty("client-id").contains(clients)) {
          behind.put(each.getKeyProperty(PARTITION), lag);
        }
      } catch (JMException goneMeanwhile) {
        // another task has the partition now, and tells
      }
    }
    return behind;
  }

  private static ObjectName named(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException impossible) {
      throw new IllegalArgumentException(text, impossible);
    }
  }
}
