package io.tasktrail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasktrail.event.TaskEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {

  @TempDir private Path folder;
  private final List<TaskEvent> written = Samples.events();
  private final List<TaskEvent> read = new ArrayList<>();
  private Path file;

  @BeforeEach
  void writeTwoBlocks() throws IOException {
    file = folder.resolve("capture.avro");
    try (CaptureFile.Writer writer = CaptureFile.create(file)) {
      append(writer);
      writer.sync();
      append(writer);
    }
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    assertThat(CaptureFile.read(file, read::add)).isTrue();
    assertThat(read).hasSize(2 * written.size()).startsWith(written.toArray(TaskEvent[]::new));
  }

  @Test
  void aFileTornAnywhereGivesItsWholeBlocks() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    List<Integer> betweenBlocks = blockEnds(whole);
    for (int length = betweenBlocks.getFirst(); length < whole.length; length++) {
      read.clear();
      Files.write(file, Arrays.copyOf(whole, length));
      boolean isWhole = CaptureFile.read(file, read::add);
      assertThat(read.size()).isIn(0, written.size());
      assertThat(isWhole).as("torn at %s", length).isEqualTo(betweenBlocks.contains(length));
    }
  }

  @Test
  void aFileTornInItsHeadIsRefusedAndSaidWhy() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int head = blockEnds(whole).getFirst();
    for (int length = 0; length < head; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CaptureFile.read(file, read::add))
          .as("torn at %s", length)
          .isInstanceOf(IOException.class)
          .message()
          .matches(
              ".*capture.avro: not a readable capture file: (it ends within its head|Not an .*)");
    }
    assertThat(read).isEmpty();
  }

  @Test
  void theExtentOfAFileTornInItsLastBlockOrItsHeadIsThatOfItsWholeBlocks() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    List<Integer> betweenBlocks = blockEnds(whole);
    int head = betweenBlocks.getFirst();
    int last = betweenBlocks.get(1);
    for (int torn :
        IntStream.concat(
                IntStream.of(0, 1, head - 1, head, head + 1),
                IntStream.rangeClosed(last - 1, whole.length))
            .toArray()) {
      Files.write(file, Arrays.copyOf(whole, torn));
      List<Integer> ends = betweenBlocks.stream().filter(end -> end <= torn).toList();
      assertThat(CaptureExtent.of(file))
          .as("torn at %s", torn)
          .isEqualTo(
              ends.isEmpty()
                  ? new CaptureExtent(0, 0)
                  : new CaptureExtent((ends.size() - 1L) * written.size(), ends.getLast()));
    }
  }

  @Test
  void whatIsNoCaptureFileIsRefusedByName() throws IOException {
    Files.writeString(file, "garbage");
    assertThatThrownBy(() -> CaptureFile.read(file, read::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("capture.avro")
        .hasMessageContaining("not a readable capture file");
  }

  private void append(CaptureFile.Writer writer) throws IOException {
    for (TaskEvent event : written) {
      writer.append(event);
    }
  }

  /// The header and each block end with the same 16 bytes, as the file does.
  private static List<Integer> blockEnds(byte[] file) {
    byte[] marker = Arrays.copyOfRange(file, file.length - 16, file.length);
    return IntStream.rangeClosed(16, file.length)
        .filter(end -> Arrays.equals(Arrays.copyOfRange(file, end - 16, end), marker))
        .boxed()
        .toList();
  }
}
