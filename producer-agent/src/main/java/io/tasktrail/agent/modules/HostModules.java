package io.tasktrail.agent.modules;

import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The views of this host.
///
/// @param root the root directory, `/`
public record HostModules(Path root) implements ModuleViews {

  /// Far more than modules take.
  private static final int BYTES_MAX = 1 << 20;

  @Override
  public Look look() {
    List<ModuleRow> before = proc();
    Optional<Set<ByteText>> sysfs = sysfs();
    return new Look(before, sysfs.orElse(Set.of()), proc(), sysfs.isPresent() && !before.isEmpty());
  }

  private List<ModuleRow> proc() {
    try (InputStream in = Files.newInputStream(root.resolve("proc/modules"))) {
      return ModuleRow.parse(in.readNBytes(BYTES_MAX));
    } catch (IOException absent) {
      return List.of();
    }
  }

  /// What is built into the kernel stands there as well, but has no state.
  private Optional<Set<ByteText>> sysfs() {
    Set<ByteText> names = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve("sys/module"))) {
      for (Path each : all) {
        if (names.size() < ModuleRow.ROWS_MAX && Files.exists(each.resolve("initstate"))) {
          names.add(ByteText.of(each.getFileName().toString()));
        }
      }
      return Optional.of(names);
    } catch (IOException | DirectoryIteratorException unreadable) {
      return Optional.empty();
    }
  }
}
