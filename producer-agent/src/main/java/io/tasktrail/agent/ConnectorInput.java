package io.tasktrail.agent;

import io.tasktrail.agent.connector.ConnectorSource;
import io.tasktrail.agent.follow.Saved;
import io.tasktrail.agent.follow.StateFolder;
import io.tasktrail.agent.follow.Step;
import io.tasktrail.event.BootId;
import io.tasktrail.event.ByteText;
import io.tasktrail.role.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Standard input, from `tasktrail-listen`; and beside it the exec counts, which nobody else has
/// counted, for the next agent of this boot. What they are ahead of what is acknowledged shows as a
/// link that is missing; so they may be kept at any time.
final class ConnectorInput implements RecordInput {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorInput.class);

  /// Between two states on the disk.
  private static final long SAVE_NANOS = Duration.ofSeconds(5).toNanos();

  private final RecordInput input;
  private final ConnectorSource source;
  private final BootId boot;
  private final Optional<StateFolder> folder;
  private final LongSupplier nanoTime;
  private long savedNanos;
  private long savedNumbers;
  private boolean isTroubled;

  /// Goes on where the folder says.
  ///
  /// @throws IOException if the state can't be read
  ConnectorInput(
      RecordInput input,
      ConnectorSource source,
      BootId boot,
      Optional<StateFolder> folder,
      LongSupplier nanoTime)
      throws IOException {
    this.input = input;
    this.source = source;
    this.boot = boot;
    this.folder = folder;
    this.nanoTime = nanoTime;
    this.savedNanos = nanoTime.getAsLong();
    if (folder.isPresent()) {
      restore(folder.get());
    }
  }

  private void restore(StateFolder from) throws IOException {
    ByteText known = from.saved().known();
    if (known.isEmpty()) {
      return;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(known.toBytes()));
    try {
      if (new UUID(in.readLong(), in.readLong()).equals(boot.value())) {
        source.restore(in);
      }
    } catch (IOException unreadable) {
      throw new Failure(
          "can't go on with it: " + unreadable.getMessage(),
          from.toString(),
          "move the folder away: tasks that live now begin anew",
          unreadable);
    }
  }

  @Override
  public Step read(ByteBuffer into) throws IOException {
    return input.read(into);
  }

  @Override
  public void published(long mark, boolean isLast) {
    boolean isDue = nanoTime.getAsLong() - savedNanos >= SAVE_NANOS;
    if (folder.isPresent() && (isLast || isDue) && source.tally().numbers() != savedNumbers) {
      save(folder.get());
    }
  }

  private void save(StateFolder to) {
    savedNanos = nanoTime.getAsLong();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeLong(boot.value().getMostSignificantBits());
      out.writeLong(boot.value().getLeastSignificantBits());
      source.save(out);
      out.flush();
      to.save(new Saved(Optional.empty(), 0, ByteText.of(bytes.toByteArray())));
      savedNumbers = source.tally().numbers();
      isTroubled = false;
    } catch (IOException cannot) {
      if (!isTroubled) {
        LOG.warn("trying again, the state can't be written: {}", cannot.toString());
      }
      isTroubled = true;
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
