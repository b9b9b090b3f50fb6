package io.tasktrail.sink.file;

import io.tasktrail.event.AuditEvent;
import io.tasktrail.formats.Format;
import io.tasktrail.sink.Destination;
import io.tasktrail.sink.Positions;
import io.tasktrail.sink.Refusal;
import io.tasktrail.sink.Source;
import io.tasktrail.sink.file.Checkpoint.Origin;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends one line an event to a file, exactly once, whatever ends the process or fills the disk;
/// finishes files by size and by time.
///
/// A file that is there without a checkpoint is continued behind its end.
public final class FileDestination implements Destination {

  private static final Logger LOG = LoggerFactory.getLogger(FileDestination.class);

  private final FilePlan plan;
  private final Format format;
  private final InstantSource clock;
  private final Disk disk;
  private final CheckpointFile checkpoints;
  private final FinishedFiles finished;
  private final CurrentFile current;
  private Claim claim;
  private Source source;
  private Origin origin = Origin.UNKNOWN;

  /// Nothing is touched before [#resume].
  public FileDestination(FilePlan plan, Format format) {
    this(plan, format, InstantSource.system(), Disk.REAL);
  }

  FileDestination(FilePlan plan, Format format, InstantSource clock, Disk disk) {
    this.plan = plan;
    this.format = format;
    this.clock = clock;
    this.disk = disk;
    this.checkpoints = CheckpointFile.beside(plan.file(), disk);
    this.finished = new FinishedFiles(plan.file(), disk);
    this.current = new CurrentFile(plan.file(), disk);
  }

  @Override
  public String name() {
    return plan.file().toString();
  }

  @Override
  public Positions resume(Source from) throws IOException {
    close();
    source = from;
    try {
      claim = Claim.to(plan.file());
      current.open();
      return continued(settled(checkpoints.read()));
    } catch (FileSystemException refused) {
      throw explained(refused);
    }
  }

  /// Goes on where a process ended that was finishing a file. No empty file is finished, and
  /// nothing is written to the next one before its checkpoint: so a current file with lines in it
  /// is the one that is to be renamed.
  private Optional<Checkpoint> settled(Optional<Checkpoint> last) throws IOException {
    if (last.flatMap(Checkpoint::finished).isEmpty()) {
      return last;
    }
    Checkpoint whole = last.get();
    if (current.length() > 0) {
      cutTo(whole.length());
      rename(whole);
    }
    return Optional.of(next(whole));
  }

  /// Cuts off what was never confirmed. The first checkpoint is made before the first line, so that
  /// no line is ever without.
  private Positions continued(Optional<Checkpoint> last) throws IOException {
    if (last.isPresent()) {
      cutTo(last.get().length());
    }
    origin = begun(last.map(Checkpoint::origin).orElse(Origin.UNKNOWN));
    Optional<Checkpoint> ours = last.filter(checkpoint -> checkpoint.source().equals(source));
    if (last.isPresent() && ours.isEmpty() && plan.rotation().isOn() && current.length() > 0) {
      finish(Checkpoint.of(current.length(), last.get().source(), last.get().positions(), origin));
    }
    Positions positions = ours.map(Checkpoint::positions).orElse(Positions.NONE);
    if (current.length() == 0) {
      origin = new Origin(total(positions), 0);
    }
    confirm(positions);
    keep();
    return positions;
  }

  /// A file that was begun before anybody noted that counts from now on.
  private Origin begun(Origin noted) {
    return noted.millis() == 0 ? new Origin(noted.from(), clock.millis()) : noted;
  }

  private void cutTo(long length) throws IOException {
    if (length > current.length()) {
      LOG.warn("{} is shorter than its checkpoint says: continued at its end", plan.file());
      current.cutToWholeLines();
    } else if (length < current.length()) {
      LOG.info(
          "{} bytes of {} were not confirmed: cut off", current.length() - length, plan.file());
      current.cutTo(length);
    }
  }

  @Override
  public void write(AuditEvent event, Refusal refusal) throws IOException {
    byte[] line = format.format(event);
    if (current.length() == 0) {
      origin = new Origin(origin.from(), clock.millis());
    }
    current.add(line);
  }

  @Override
  public void sync(Positions positions) throws IOException {
    current.drain();
    Duration age = Duration.between(Instant.ofEpochMilli(origin.millis()), clock.instant());
    if (plan.rotation().isDue(current.length(), age)) {
      finish(Checkpoint.of(current.length(), source, positions, origin));
    } else {
      confirm(positions);
    }
  }

  private void confirm(Positions positions) throws IOException {
    boolean forced = plan.durability().atSync();
    if (forced) {
      current.force();
    }
    checkpoints.replace(Checkpoint.of(current.length(), source, positions, origin), forced);
  }

  /// Gives the current file its last name, and begins the next one.
  private void finish(Checkpoint whole) throws IOException {
    boolean forced = plan.durability().atFinish();
    if (forced) {
      current.force();
    }
    Checkpoint named =
        whole.finishedAs(finished.free(whole.origin().from(), total(whole.positions())));
    checkpoints.replace(named, forced);
    rename(named);
    next(named);
  }

  private void rename(Checkpoint whole) throws IOException {
    disk.replace(plan.file(), finished.named(whole.finished().orElseThrow()));
    if (plan.durability().atFinish()) {
      disk.forceDirectory(plan.file().getParent());
    }
  }

  private Checkpoint next(Checkpoint whole) throws IOException {
    current.open();
    origin = new Origin(total(whole.positions()), 0);
    Checkpoint empty = Checkpoint.of(0, whole.source(), whole.positions(), origin);
    checkpoints.replace(empty, plan.durability().atFinish());
    keep();
    return empty;
  }

  private void keep() throws IOException {
    if (plan.kept().isPresent()) {
      finished.keep(plan.kept().getAsInt());
    }
  }

  private static long total(Positions positions) {
    return positions.next().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() throws IOException {
    current.close();
    if (claim != null) {
      claim.close();
      claim = null;
    }
  }

  private IOException explained(FileSystemException refused) {
    String why =
        switch (refused) {
          case NoSuchFileException _ -> "its directory does not exist";
          case AccessDeniedException _ -> "no permission to write";
          default -> refused.getReason() == null ? refused.toString() : refused.getReason();
        };
    return new IOException(
        plan.file() + ": " + why + ": make the directory, with room and writable for this user",
        refused);
  }
}
