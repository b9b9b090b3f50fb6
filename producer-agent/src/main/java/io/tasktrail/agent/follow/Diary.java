package io.tasktrail.agent.follow;

import io.tasktrail.event.ByteText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the [Journal]: what an earlier agent did and is to be done again, and what this one does.
public final class Diary {

  private static final Logger LOG = LoggerFactory.getLogger(Diary.class);

  private final StateFolder folder;
  private final Deque<Long> toRepeat;
  private final Collection<Long> silences;
  private ByteText numbers;
  private boolean isTroubled;

  /// Goes on with what is there.
  ///
  /// @throws IOException if it can't be read
  public Diary(StateFolder folder) throws IOException {
    Journal journal = folder.journal();
    this.folder = folder;
    this.toRepeat = new ArrayDeque<>(journal.silences());
    this.silences = new ArrayList<>(journal.silences());
    this.numbers = journal.numbers();
  }

  /// Which numbers may have been used.
  public ByteText numbers() {
    return numbers;
  }

  /// Notes which numbers may be used.
  public void numbers(ByteText set) {
    numbers = set;
    boolean _ = write();
  }

  /// The next silence that an earlier agent took down, at or past so many bytes.
  public OptionalLong nextSilence(long taken) {
    while (!toRepeat.isEmpty() && toRepeat.peek() < taken) {
      toRepeat.remove();
    }
    return toRepeat.isEmpty() ? OptionalLong.empty() : OptionalLong.of(toRepeat.peek());
  }

  /// What was held is told now, as the earlier agent did.
  public void repeated() {
    toRepeat.remove();
  }

  /// What is held is to be told after so many bytes.
  ///
  /// @return whether that is noted: else it must not be done now
  public boolean silence(long taken) {
    if (silences.size() == Journal.SILENCES_MAX) {
      return false;
    }
    silences.add(taken);
    boolean isNoted = write();
    if (!isNoted) {
      silences.remove(taken);
    }
    return isNoted;
  }

  /// What was done before so many bytes will not be done again. It leaves the disk with the next
  /// note.
  public void saved(long taken) {
    silences.removeIf(silence -> silence < taken);
  }

  private boolean write() {
    try {
      folder.write(new Journal(new ArrayList<>(silences), numbers));
      isTroubled = false;
      return true;
    } catch (IOException cannot) {
      if (!isTroubled) {
        LOG.warn(
            "a restart may tell events twice, the state can't be written: {}", cannot.toString());
      }
      isTroubled = true;
      return false;
    }
  }
}
