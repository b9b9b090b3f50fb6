package io.tasktrail.sink.splunk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasktrail.sink.EventVersion;
import io.tasktrail.sink.remote.Pauses;
import io.tasktrail.sink.splunk.Verdict.Cure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Asks the collector what of that which it took is indexed: one node, by one channel, which is
/// another one as soon as acknowledgements can't come any more.
final class Acks {

  private final Collector collector;
  private final Ledger ledger;
  private final Duration timeout;
  private final Pauses pauses;
  private Optional<Channel> channel = Optional.empty();

  private record Channel(UUID id, URI node) {}

  /// @param timeout after which what is not acknowledged is to be sent again
  Acks(Collector collector, Ledger ledger, Duration timeout, Pauses pauses) {
    this.collector = collector;
    this.ledger = ledger;
    this.timeout = timeout;
    this.pauses = pauses;
  }

  /// By which requests can be acknowledged; empty before [#open].
  Optional<UUID> channel() {
    return channel.map(Channel::id);
  }

  /// The one at hand is kept while its node is: what waits for acknowledgement can be asked for.
  void open() {
    if (channel.isEmpty() || !channel.get().node().equals(collector.at())) {
      giveUp();
      channel = Optional.of(new Channel(UUID.randomUUID(), collector.at()));
    }
  }

  /// What waits must be sent again, by another channel.
  void giveUp() {
    channel = Optional.empty();
    ledger.giveUp();
  }

  /// They are taken, and will be acknowledged under that id.
  ///
  /// @throws IOException if the channel counts from its beginning again: what waited for ids of
  ///     before would be taken for what these are
  void expect(List<EventVersion> events, long ackId) throws IOException {
    if (!ledger.goesOn(ackId)) {
      giveUp();
      throw new IOException(
          collector.at()
              + " acknowledges under ids that it gave before, so it was restarted, or several nodes answer as it: what it did not acknowledge is sent again");
    }
    ledger.took(events, ackId, pauses.nanoTime());
  }

  /// Until no more requests than that wait for acknowledgement.
  ///
  /// @throws IOException if that takes too long
  void await(int most) throws IOException {
    int attempt = -1;
    int before = ledger.waiting().size();
    while (before > most) {
      poll();
      int now = ledger.waiting().size();
      if (now > most) {
        requireInTime(now);
        attempt = now < before ? 0 : attempt + 1;
        pauses.pause(attempt);
      }
      before = now;
    }
  }

  private void requireInTime(int waiting) throws IOException {
    long since = ledger.waitingSinceNanos().orElseThrow();
    if (pauses.nanoTime() - since > timeout.toNanos()) {
      giveUp();
      throw new IOException(
          "%s did not acknowledge %d requests within %d s: they are sent again, by a new channel; if that goes on, it is restarting, its queues are blocked, or a load balancer stands before it that does not keep to one node"
              .formatted(collector.at(), waiting, timeout.toSeconds()));
    }
  }

  /// Asks once. Where nothing is waited for, that tells whether the token acknowledges.
  void poll() throws IOException {
    List<Long> asked = ledger.waiting();
    UUID id = channel.orElseThrow().id();
    Collector.Answer answer = collector.acknowledged(id, asked.isEmpty() ? List.of(0L) : asked);
    JsonNode acks = answer.body().path("acks");
    if (answer.status() == 200 && acks.isObject()) {
      ledger.acknowledged(
          asked.stream().filter(each -> acks.path(Long.toString(each)).asBoolean()).toList());
    } else if (answer.verdict() instanceof Verdict.Stopped stopped) {
      requireKnown(stopped, asked.isEmpty());
    }
  }

  /// @param isUnused whether nothing was sent by the channel, so that it need not be known yet
  private void requireKnown(Verdict.Stopped stopped, boolean isUnused) throws IOException {
    if (stopped.cure() != Cure.CHANNEL_LOST) {
      throw stopped.at(collector.at());
    }
    if (!isUnused) {
      giveUp();
      throw stopped.at(collector.at());
    }
  }
}
