package io.tasktrail.agent.follow;

import io.tasktrail.event.ByteText;
import java.util.List;

/// What has to be on the disk before it is done, so that whoever goes on from an older [Saved] does
/// the same.
///
/// @param silences numbers of bytes taken after which, for want of more, what was held was told
/// @param numbers which numbers may have been used
public record Journal(List<Long> silences, ByteText numbers) {

  /// Nothing was done.
  public static final Journal EMPTY = new Journal(List.of(), ByteText.EMPTY);

  /// Bound of the silences between two that are saved.
  public static final int SILENCES_MAX = 1024;

  public Journal {
    silences = List.copyOf(silences);
  }
}
