package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DraftTest {

  private final Map<String, String> store = new HashMap<>(Map.of("old", "kept", "ended", "task"));
  private final Draft<String, String> draft =
      new Draft<>(
          store::get,
          (key, value) -> {
            if (value == null) {
              store.remove(key);
            } else {
              store.put(key, value);
            }
          });

  @Test
  void eventSeesWhatItChanged() {
    draft.put("old", "changed");
    draft.forget("ended");

    assertThat(draft.get("old")).contains("changed");
    assertThat(draft.get("ended")).isEmpty();
    assertThat(draft.get("unknown")).isEmpty();
  }

  @Test
  void nothingIsStoredBeforeItIsSettled() {
    draft.put("old", "changed");
    draft.forget("ended");

    assertThat(store).containsExactlyInAnyOrderEntriesOf(Map.of("old", "kept", "ended", "task"));
  }

  @Test
  void whatIsSettledIsStored() {
    draft.put("old", "changed");
    draft.forget("ended");

    draft.settle();

    assertThat(store).containsExactlyEntriesOf(Map.of("old", "changed"));
  }
}
