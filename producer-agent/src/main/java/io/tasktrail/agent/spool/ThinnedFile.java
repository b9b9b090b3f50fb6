package io.tasktrail.agent.spool;

import io.tasktrail.agent.publish.Numbering;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.event.TaskEvent;
import io.tasktrail.wire.CaptureFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A segment without what [Thinning] gives up, beside the segment.
///
/// @param events how many are left, the losses included
/// @param bytes of the new file
/// @param shed the losses that are told in it
record ThinnedFile(long events, long bytes, List<Fact.EventsLost> shed) {

  /// One event of so many must go, or rewriting is not worth it.
  private static final int WORTH = 10;

  /// Looks whether a segment is worth it, and writes the thinned one if so.
  ///
  /// @return what was written; of no events when it is not worth it, and then there is no file
  /// @throws IOException if the segment can't be read or the other can't be written
  static ThinnedFile write(
      Path segment, Path to, CaptureFile.Compression compression, Numbering numbering)
      throws IOException {
    Thinning thinning = new Thinning(numbering::isOfCapture);
    CaptureFile.read(segment, thinning::note);
    Tally tally = new Tally();
    Thinning.Pass pass = thinning.pass(_ -> tally.kept++, _ -> tally.losses++);
    CaptureFile.read(
        segment,
        event -> {
          tally.all++;
          pass.event(event);
        });
    pass.end();
    return tally.isWorthIt()
        ? rewrite(segment, CaptureFile.create(to, compression), thinning, numbering)
        : new ThinnedFile(0, 0, List.of());
  }

  private static final class Tally {

    private long all;
    private long kept;
    private long losses;

    boolean isWorthIt() {
      return all > 0 && WORTH * (all - kept - losses) >= all;
    }
  }

  private static ThinnedFile rewrite(
      Path segment, CaptureFile.Writer to, Thinning thinning, Numbering numbering)
      throws IOException {
    List<Fact.EventsLost> shed = new ArrayList<>();
    try (CaptureFile.Writer writer = to) {
      long[] events = {0};
      Thinning.Pass pass =
          thinning.pass(
              event -> {
                append(writer, event);
                events[0]++;
              },
              loss -> {
                append(writer, atItsTime(numbering.own(loss.fact()), loss.last()));
                events[0]++;
                shed.add(loss.fact());
              });
      CaptureFile.read(segment, pass::event);
      pass.end();
      writer.sync();
      return new ThinnedFile(events[0], writer.bytes(), shed);
    } catch (UncheckedIOException cause) {
      throw cause.getCause();
    }
  }

  private static void append(CaptureFile.Writer writer, TaskEvent event) {
    try {
      writer.append(event);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /// Among events of long ago it must not look as if their host's time had come to now.
  private static TaskEvent atItsTime(TaskEvent loss, Header then) {
    Header own = loss.header();
    return new TaskEvent(
        new Header(
            own.host(),
            own.hostName(),
            own.boot(),
            own.capture(),
            own.cpu(),
            own.sequence(),
            then.bootNanos(),
            then.wallOffsetNanos()),
        loss.fact());
  }
}
