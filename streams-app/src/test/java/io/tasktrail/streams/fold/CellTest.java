package io.tasktrail.streams.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasktrail.history.Queue;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CellTest {

  private static final Bytes OLD = Bytes.wrap(new byte[] {1});
  private static final Bytes NEW = Bytes.wrap(new byte[] {2});
  private static final Queue ONE = new Queue(0, 1);
  private static final Queue TWO = new Queue(0, 2);

  private final QueueFormat format = new QueueFormat();
  private final Changes changes = new Changes();
  private final KeyValueStore<Bytes, byte[]> store = Stores.inMemoryKeyValueStore("test").get();
  private final List<Bytes> read = new ArrayList<>();
  private final List<Bytes> written = new ArrayList<>();
  private final Shelf<Bytes, Queue> shelf =
      new Shelf<>(watched(), Function.identity(), format, changes, 1);

  /// The store, of which it is known what is read and written.
  @SuppressWarnings("unchecked")
  private KeyValueStore<Bytes, byte[]> watched() {
    return (KeyValueStore<Bytes, byte[]>)
        Proxy.newProxyInstance(
            CellTest.class.getClassLoader(),
            new Class<?>[] {KeyValueStore.class},
            (_, method, arguments) -> {
              (method.getName().equals("get") ? read : written).add((Bytes) arguments[0]);
              return method.invoke(store, arguments);
            });
  }

  @BeforeEach
  void storeOne() {
    store.init(new MockProcessorContext<>().getStateStoreContext(), store);
    store.put(OLD, format.encodeOrNull(ONE));
  }

  @Test
  void eventSeesWhatItChanged() {
    shelf.at(OLD).put(TWO);
    shelf.at(NEW).put(ONE);

    assertThat(shelf.at(OLD).get()).contains(TWO);
    assertThat(shelf.at(NEW).get()).contains(ONE);
    shelf.at(OLD).forget();
    assertThat(shelf.at(OLD).get()).isEmpty();
  }

  @Test
  void nothingIsStoredBeforeItIsSettled() {
    shelf.at(OLD).forget();
    shelf.at(NEW).put(ONE);

    assertThat(store.get(OLD)).isEqualTo(format.encodeOrNull(ONE));
    assertThat(store.get(NEW)).isNull();
  }

  @Test
  void nothingIsStoredBeforeItIsWritten() {
    shelf.at(OLD).forget();
    shelf.at(NEW).put(ONE);
    changes.settle();

    assertThat(store.get(OLD)).isEqualTo(format.encodeOrNull(ONE));
    assertThat(store.get(NEW)).isNull();
    assertThat(shelf.at(OLD).get()).isEmpty();
    assertThat(shelf.at(NEW).get()).contains(ONE);
  }

  @Test
  void whatIsSettledIsWritten() {
    shelf.at(OLD).forget();
    shelf.at(NEW).put(TWO);

    changes.settle();
    changes.write();

    assertThat(store.get(OLD)).isNull();
    assertThat(store.get(NEW)).isEqualTo(format.encodeOrNull(TWO));
    assertThat(shelf.at(OLD).get()).isEmpty();
    assertThat(shelf.at(NEW).get()).contains(TWO);
  }

  @Test
  void whatComesAndGoesBeforeItIsWrittenNeverIs() {
    shelf.at(NEW).put(ONE);
    changes.settle();
    shelf.at(NEW).forget();
    changes.settle();

    changes.write();

    assertThat(written).isEmpty();
  }

  /// Nor is it looked for.
  @Test
  void whatIsKnownToBeNewIsNotLookedFor() {
    shelf.at(NEW).putFirst(ONE);
    changes.settle();
    shelf.at(NEW).forget();
    changes.settle();

    changes.write();

    assertThat(read).isEmpty();
    assertThat(written).isEmpty();
  }

  @Test
  void whatIsKnownToBeNewIsWrittenAndForgotten() {
    shelf.at(NEW).putFirst(ONE);
    changes.settle();
    changes.write();
    assertThat(store.get(NEW)).isEqualTo(format.encodeOrNull(ONE));

    shelf.at(NEW).forget();
    changes.settle();
    changes.write();

    assertThat(store.get(NEW)).isNull();
  }

  @Test
  void whatChangesOftenIsWrittenOnceAsItIsInTheEnd() {
    shelf.at(NEW).put(ONE);
    changes.settle();
    shelf.at(NEW).put(TWO);
    changes.settle();

    changes.write();
    changes.write();

    assertThat(written).containsExactly(NEW);
    assertThat(store.get(NEW)).isEqualTo(format.encodeOrNull(TWO));
  }

  /// Who forgets need not have looked.
  @Test
  void whatIsStoredIsForgottenUnseen() {
    shelf.at(OLD).put(TWO);
    changes.settle();
    shelf.at(OLD).forget();
    changes.settle();

    changes.write();

    assertThat(store.get(OLD)).isNull();
  }

  @Test
  void whatTheEventAtHandChangesIsNotWritten() {
    shelf.at(OLD).put(TWO);
    changes.settle();
    shelf.at(OLD).forget();

    changes.write();

    assertThat(store.get(OLD)).isEqualTo(format.encodeOrNull(TWO));
    assertThat(shelf.at(OLD).get()).isEmpty();
    changes.settle();
    changes.write();
    assertThat(store.get(OLD)).isNull();
  }

  @Test
  void whatIsDroppedLeavesNoTrace() {
    shelf.at(OLD).put(TWO);
    shelf.at(NEW).put(TWO);

    changes.drop();
    changes.settle();
    changes.write();

    assertThat(shelf.at(OLD).get()).contains(ONE);
    assertThat(shelf.at(NEW).get()).isEmpty();
    assertThat(store.get(NEW)).isNull();
  }

  @Test
  void whatIsNotDecodedAnyMoreIsReadAgain() {
    shelf.at(OLD).put(TWO);
    shelf.at(NEW).put(ONE);
    changes.settle();
    changes.write();
    shelf.trim();

    assertThat(shelf.at(OLD).get()).contains(TWO);
    assertThat(shelf.at(NEW).get()).contains(ONE);
  }
}
