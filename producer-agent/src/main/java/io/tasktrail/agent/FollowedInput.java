package io.tasktrail.agent;

import io.tasktrail.agent.follow.Diary;
import io.tasktrail.agent.follow.LogFollower;
import io.tasktrail.agent.follow.Saved;
import io.tasktrail.agent.follow.StateFolder;
import io.tasktrail.agent.follow.Step;
import io.tasktrail.agent.health.AuditFigures;
import io.tasktrail.audit.AuditSource;
import io.tasktrail.event.ByteText;
import io.tasktrail.event.CaptureId;
import io.tasktrail.event.Fact;
import io.tasktrail.event.Header;
import io.tasktrail.role.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log that is followed, with what was known of it when it was last safe.
///
/// Whoever is killed leaves a state that is older than what it published. The next agent goes on
/// from there, tells those events again with the same numbers, and readers know them by these.
final class FollowedInput implements RecordInput {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedInput.class);

  /// Between two states on the disk, where something was read.
  private static final long SAVE_NANOS = Duration.ofSeconds(5).toNanos();

  /// The same, where only the agent said something itself.
  private static final long SAVE_QUIETLY_NANOS = Duration.ofMinutes(1).toNanos();

  private final StateFolder folder;
  private final Diary diary;
  private final OwnNumbers numbers;
  private final RecordNumbering numbering;
  private final AuditSource source;
  private final LongSupplier nanoTime;
  private final LogFollower log;
  private Optional<Pending> pending = Optional.empty();
  private long taken;
  private long savedTaken;
  private long savedNumbers;
  private long savedNanos;
  private boolean isUrgent;
  private boolean isLast;
  private boolean isTroubled;

  /// A state that becomes true once a mark is acknowledged.
  private record Pending(long mark, Saved state, long numbers) {}

  /// Goes on where the folder says.
  ///
  /// @param numbers and what else is to be as it was: nobody used them yet
  /// @throws IOException if the state can't be read
  FollowedInput(
      Path path,
      StateFolder folder,
      Diary diary,
      OwnNumbers numbers,
      RecordNumbering numbering,
      AuditSource source,
      RecordOutbox outbox,
      LongSupplier nanoTime)
      throws IOException {
    this.folder = folder;
    this.diary = diary;
    this.numbers = numbers;
    this.numbering = numbering;
    this.source = source;
    this.nanoTime = nanoTime;
    this.savedNanos = nanoTime.getAsLong();
    Saved saved = folder.saved();
    ByteText given = restore(saved);
    Map<CaptureId, Long> passedOver = numbers.restore(given, diary.numbers());
    abandoned(passedOver.getOrDefault(numbering.here().capture(), 0L), outbox);
    this.log = new LogFollower(path, saved.position());
    this.taken = saved.taken();
    this.savedTaken = taken;
    LOG.debug("following {}, {} bytes of it were read before", path, taken);
  }

  private ByteText restore(Saved saved) throws IOException {
    if (saved.known().isEmpty()) {
      return ByteText.EMPTY;
    }
    try {
      return restoreKnown(saved);
    } catch (IOException unreadable) {
      throw new Failure(
          "can't go on with it: " + unreadable.getMessage(),
          folder.toString(),
          "move the folder away: the log is told again from the beginning of its newest file",
          unreadable);
    }
  }

  private ByteText restoreKnown(Saved saved) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved.known().toBytes()));
    numbering.restore(in);
    byte[] given = new byte[in.readInt()];
    in.readFully(given);
    source.restore(in);
    return ByteText.of(given);
  }

  /// Whether what a killed agent said of itself was published is not known.
  private void abandoned(long count, RecordOutbox outbox) {
    if (count > 0) {
      Header here = numbering.here();
      long last = numbers.last(here.capture());
      outbox.say(
          numbering.own(
              here,
              new Fact.EventsLost(
                  Header.AGENT_CPU,
                  last - count + 1,
                  last,
                  List.of(),
                  Fact.LossCause.AGENT_KILLED,
                  here.bootNanos(),
                  here.bootNanos())));
    }
  }

  @Override
  public Step read(ByteBuffer into) throws IOException {
    OptionalLong silence = diary.nextSilence(taken);
    if (silence.isPresent() && silence.getAsLong() == taken) {
      diary.repeated();
      source.flush();
    } else if (silence.isPresent()) {
      into.limit((int) Math.min(into.limit(), into.position() + silence.getAsLong() - taken));
    }
    int before = into.position();
    Step step = log.read(into);
    taken += into.position() - before;
    return step;
  }

  @Override
  public boolean silent() {
    isUrgent = diary.silence(taken);
    return isUrgent;
  }

  @Override
  public void published(long mark, boolean last) {
    isLast = last;
    if (pending.isEmpty() && (last || isDue())) {
      isUrgent = false;
      pending = Optional.of(new Pending(mark, state(), numbers.total()));
    } else if (last) {
      pending = Optional.of(new Pending(mark, state(), numbers.total()));
    }
  }

  private boolean isDue() {
    long passed = nanoTime.getAsLong() - savedNanos;
    return isUrgent
        || (taken != savedTaken && passed >= SAVE_NANOS)
        || (numbers.total() != savedNumbers && passed >= SAVE_QUIETLY_NANOS);
  }

  private Saved state() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      numbering.save(out);
      ByteText given = numbers.given();
      out.writeInt(given.length());
      out.write(given.toBytes());
      out.flush();
      source.save(bytes);
    } catch (IOException memoryTakesAll) {
      throw new IllegalStateException(memoryTakesAll);
    }
    return new Saved(log.position(), taken, ByteText.of(bytes.toByteArray()));
  }

  @Override
  public void acknowledged(long mark) {
    pending
        .filter(state -> state.mark() <= mark)
        .ifPresent(
            state -> {
              pending = Optional.empty();
              save(state);
            });
  }

  private void save(Pending due) {
    savedNanos = nanoTime.getAsLong();
    try {
      folder.save(due.state());
      savedTaken = due.state().taken();
      savedNumbers = due.numbers();
      isTroubled = false;
      diary.saved(savedTaken);
      if (isLast) {
        numbers.release();
        diary.numbers(numbers.setAside());
      }
    } catch (IOException cannot) {
      if (!isTroubled) {
        LOG.warn("trying again, the state can't be written: {}", cannot.toString());
      }
      isTroubled = true;
    }
  }

  @Override
  public AuditFigures.Log log() {
    try {
      return new AuditFigures.Log(log.rotations(), log.gaps(), log.unread());
    } catch (IOException notTold) {
      return new AuditFigures.Log(log.rotations(), log.gaps(), 0);
    }
  }

  @Override
  public boolean isRemembered() {
    return true;
  }

  @Override
  public void close() throws IOException {
    log.close();
    folder.close();
  }
}
