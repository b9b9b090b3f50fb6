package io.tasktrail.agent.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The Java side's idea of `record.h` is the C compiler's; needs a C compiler.
class LayoutIT {

  @Test
  void offsetsAreThoseOfTheCompiler() {
    Map<String, Integer> expected = new TreeMap<>();
    Shell.run(NativeBuild.layout().toString())
        .output()
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(pair -> expected.put(pair[0], Integer.parseInt(pair[1])));

    assertThat(layout()).isEqualTo(expected);
  }

  /// Every constant of RecordLayout as `Class.NAME`, and the numbers of the kinds.
  private static Map<String, Integer> layout() {
    Map<String, Integer> layout = new TreeMap<>();
    Arrays.stream(RecordLayout.class.getDeclaredClasses())
        .flatMap(type -> Stream.of(type.getDeclaredFields()))
        .forEach(field -> layout.put(nameOf(field), valueOf(field)));
    for (RecordKind kind : RecordKind.values()) {
      layout.put("RecordKind." + kind, kind.number());
    }
    return layout;
  }

  private static String nameOf(Field field) {
    return field.getDeclaringClass().getSimpleName() + "." + field.getName();
  }

  private static int valueOf(Field field) {
    try {
      return field.getInt(null);
    } catch (IllegalAccessException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
