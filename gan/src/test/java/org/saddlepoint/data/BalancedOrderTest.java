package org.saddlepoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Batches in which the classes take turns. */
class BalancedOrderTest {
    private static final int[] LABELS = {0, 1, 1, 2, 1, 0, 1, 1, 1, 2, 1};

    /** One number an example, its index; labels are given. */
    private record Labelled(int[] labels, List<String> classNames) implements Dataset {
        @Override
        public String name() {
            return "labelled";
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public ExampleShape shape() {
            return new PointShape(1);
        }

        @Override
        public void read(int index, float[] target, int offset) {
            target[offset] = index;
        }

        @Override
        public OptionalInt label(int index) {
            return labels[index] < 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
        }

        @Override
        public String fingerprint() {
            return "f";
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private static Labelled data(int... labels) {
        return new Labelled(labels, List.of("a", "b", "c"));
    }

    private static LoaderConfig config(int batchSize, long seed) {
        return LoaderConfig.of(batchSize, seed).withBalance(true);
    }

    @Test
    void eachRoundHasEachClassOnceAndEachClassGoesThroughItsExamples() {
        BalancedOrder order = new BalancedOrder(data(LABELS), 7);
        int rounds = 70;
        int[] indices = order.indices(LoaderPosition.START, 3 * rounds);
        List<List<Integer>> ofClass = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<List<Integer>> turns = new HashSet<>();
        for (int round = 0; round < rounds; round++) {
            List<Integer> classes = new ArrayList<>();
            for (int i = 3 * round; i < 3 * round + 3; i++) {
                classes.add(LABELS[indices[i]]);
                ofClass.get(LABELS[indices[i]]).add(indices[i]);
            }
            assertThat(classes).containsExactlyInAnyOrder(0, 1, 2);
            turns.add(classes);
        }
        assertThat(turns).hasSize(6); // all orders of three classes come
        for (int label = 0; label < 3; label++) {
            int count = label == 1 ? 7 : 2;
            for (int start = 0; start + count <= rounds; start += count) {
                assertThat(ofClass.get(label).subList(start, start + count)).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void thePositionSaysEverything() {
        Labelled data = data(LABELS);
        List<float[]> straight = new ArrayList<>();
        LoaderPosition middle;
        try (BatchLoader loader = new BatchLoader(data, config(4, 3))) {
            for (int i = 0; i < 5; i++) {
                loader.next();
            }
            middle = loader.position();
            for (int i = 0; i < 9; i++) {
                straight.add(loader.next().values());
            }
        }
        try (BatchLoader resumed = new BatchLoader(data, config(4, 3));
                BatchLoader another = new BatchLoader(data, config(4, 4))) {
            resumed.seek(middle);
            another.seek(middle);
            List<float[]> other = new ArrayList<>();
            for (float[] expected : straight) {
                Batch batch = resumed.next();
                assertThat(batch.values()).isEqualTo(expected);
                for (int i = 0; i < 4; i++) {
                    assertThat(batch.labels()[i]).isEqualTo(LABELS[(int) batch.values()[i]]);
                }
                other.add(another.next().values());
            }
            assertThat(other).usingRecursiveComparison().isNotEqualTo(straight);
        }
    }

    @Test
    void everyExampleComesWithinTheCoveringPositions() {
        BalancedOrder order = new BalancedOrder(data(LABELS), 1);
        for (int start = 0; start < LABELS.length; start++) {
            Set<Integer> seen = new HashSet<>();
            for (int index : order.indices(new LoaderPosition(2, start), (int) order.covering())) {
                seen.add(index);
            }
            assertThat(seen).hasSize(LABELS.length);
        }
    }

    @Test
    void missingLabelsAndEmptyClassesAreRefused() {
        assertThatThrownBy(() -> new BatchLoader(data(0, 1, -1, 2), config(2, 0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("example 2 of labelled has no label");
        assertThatThrownBy(() -> new BatchLoader(data(0, 2, 2), config(2, 0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the class b of labelled has no example");
    }
}
