package org.saddlepoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchLoaderTest {

    /** Example i is the number i; some are damaged, one may make its worker fail. */
    private record Numbers(int size, Set<Integer> damaged, int failing) implements Dataset {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public ExampleShape shape() {
            return new PointShape(1);
        }

        @Override
        public void read(int index, float[] target, int offset) throws DamagedExampleException {
            if (index == failing) {
                throw new UnsupportedOperationException("a bug");
            }
            if (damaged.contains(index)) {
                throw new DamagedExampleException(new Skipped("#" + index, "broken"));
            }
            if (index % 3 == 0) {
                LockSupport.parkNanos(50_000); // so that workers overtake each other
            }
            target[offset] = index;
        }

        @Override
        public OptionalInt label(int index) {
            return index % 2 == 0 ? OptionalInt.of(index) : OptionalInt.empty();
        }

        @Override
        public List<String> classNames() {
            return List.of();
        }

        @Override
        public List<String> vectorNames() {
            return List.of("half", "opposite");
        }

        @Override
        public void readVector(int index, float[] target, int offset) {
            target[offset] = index / 2f;
            target[offset + 1] = -index;
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public List<Skipped> skipped() {
            return damaged.stream().map(i -> new Skipped("#" + i, "broken")).toList();
        }

        @Override
        public void close() {}
    }

    /** An example is 48 bits of what was drawn for it. */
    private record Draws(Numbers numbers) implements Dataset {
        @Override
        public void read(int index, long draw, float[] target, int offset) {
            target[offset] = draw >>> 40;
            target[offset + 1] = (draw >>> 16) & 0xffffff;
        }

        @Override
        public void read(int index, float[] target, int offset) {
            throw new AssertionError("a loader reads the view that is drawn");
        }

        @Override
        public ExampleShape shape() {
            return new PointShape(2);
        }

        @Override
        public String name() {
            return numbers.name();
        }

        @Override
        public int size() {
            return numbers.size();
        }

        @Override
        public OptionalInt label(int index) {
            return OptionalInt.empty();
        }

        @Override
        public List<String> classNames() {
            return List.of();
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public List<Skipped> skipped() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    @Test
    void eachPlaceOfEachEpochAndEachSeedHasADrawOfItsOwn() {
        Draws data = new Draws(new Numbers(10, Set.of(), -1));
        Set<List<Float>> draws = new HashSet<>();
        List<Float> cutElsewhere = new ArrayList<>();
        List<Float> inOrder = new ArrayList<>();
        for (long seed = 0; seed < 3; seed++) {
            try (BatchLoader loader = new BatchLoader(data, config(10, seed));
                    BatchLoader other = new BatchLoader(data, config(7, seed))) {
                for (int epoch = 0; epoch < 7; epoch++) {
                    float[] values = loader.next().values();
                    for (int i = 0; i < 10; i++) {
                        draws.add(List.of(values[2 * i], values[2 * i + 1]));
                        inOrder.add(values[2 * i]);
                    }
                }
                for (int n = 0; n < 10; n++) {
                    float[] values = other.next().values();
                    IntStream.range(0, 7).forEach(i -> cutElsewhere.add(values[2 * i]));
                }
            }
        }
        assertThat(draws).hasSize(3 * 7 * 10);
        assertThat(cutElsewhere).isEqualTo(inOrder);
    }

    @ParameterizedTest
    @CsvSource({"10, 3", "10, 10", "7, 20", "1, 4", "100, 1"})
    void eachEpochHoldsEachExampleOnce(int size, int batch) {
        List<Integer> served = serve(new Numbers(size, Set.of(), -1), config(batch, 3), 4 * size / batch + 1);
        for (int from = 0; from + size <= served.size(); from += size) {
            assertThat(served.subList(from, from + size))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, size).boxed().toList());
        }
    }

    @Test
    void epochsAndSeedsDifferInOrder() {
        Numbers data = new Numbers(50, Set.of(), -1);
        List<Integer> served = serve(data, config(50, 1), 2);
        assertThat(served.subList(0, 50))
                .isNotEqualTo(served.subList(50, 100))
                .isNotEqualTo(serve(data, config(50, 2), 1));
        assertThat(served.subList(0, 50))
                .isNotEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void positionsInAnEpochAreUniform() {
        int[][] counts = new int[5][5];
        for (long epoch = 0; epoch < 10_000; epoch++) {
            int[] order = new EpochOrder(5, 42).indices(new LoaderPosition(epoch, 0), 5);
            for (int i = 0; i < 5; i++) {
                counts[i][order[i]]++;
            }
        }
        // five standard deviations of a binomial of 10,000 and 1/5
        assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream)).allMatch(n -> n > 1800 && n < 2200);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 7", "5, 3"})
    void workersDoNotInfluenceTheOrder(int workers, int prefetch) {
        Numbers data = new Numbers(37, Set.of(4, 5, 20), -1);
        List<Integer> expected = serve(data, new LoaderConfig(8, 9, 1, 2), 30);
        assertThat(serve(data, new LoaderConfig(8, 9, workers, prefetch), 30)).isEqualTo(expected);
    }

    @Test
    void goingOnFromASavedPositionEqualsNeverStopping() {
        Numbers data = new Numbers(23, Set.of(3, 11), -1);
        LoaderConfig config = config(6, 5);
        List<Integer> straight = serve(data, config, 20);
        LoaderPosition saved;
        try (BatchLoader loader = new BatchLoader(data, config)) {
            for (int i = 0; i < 9; i++) {
                loader.next();
            }
            saved = loader.position();
        }
        try (BatchLoader loader = new BatchLoader(data, config)) {
            loader.next(); // decoding ahead of where it is to go
            loader.seek(saved);
            assertThat(loader.position()).isEqualTo(saved);
            assertThat(serve(loader, 11)).isEqualTo(straight.subList(54, 120));
        }
    }

    @Test
    void positionCountsEpochs() {
        try (BatchLoader loader = new BatchLoader(new Numbers(10, Set.of(), -1), config(4, 0))) {
            assertThat(loader.position()).isEqualTo(LoaderPosition.START);
            serve(loader, 3);
            assertThat(loader.position()).isEqualTo(new LoaderPosition(1, 2));
        }
    }

    @Test
    void seekRefusesPositionsOfOtherData() {
        try (BatchLoader loader = new BatchLoader(new Numbers(10, Set.of(), -1), config(4, 0))) {
            assertThatThrownBy(() -> loader.seek(new LoaderPosition(0, 10)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("numbers has 10 examples");
        }
    }

    @Test
    void damagedExamplesAreLeftOutAndOthersNotRepeated() {
        List<Integer> whole = serve(new Numbers(12, Set.of(), -1), config(4, 7), 6);
        List<Integer> served = serve(new Numbers(12, Set.of(2, 9), -1), config(5, 7), 4);
        List<Integer> expected =
                whole.stream().filter(i -> i != 2 && i != 9).limit(20).toList();
        assertThat(served).isEqualTo(expected).hasSize(20);
    }

    @Test
    void refusesDataInWhichEverythingIsDamaged() {
        Numbers data = new Numbers(3, Set.of(0, 1, 2), -1);
        try (BatchLoader loader = new BatchLoader(data, config(2, 0))) {
            assertThatThrownBy(loader::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("none of the 3 examples of numbers")
                    .hasMessageContaining("broken");
        }
    }

    @Test
    void oneGoodExampleIsEnough() {
        assertThat(serve(new Numbers(9, Set.of(0, 1, 2, 3, 4, 6, 7, 8), -1), config(2, 0), 3))
                .containsExactly(5, 5, 5, 5, 5, 5);
    }

    @Test
    void failuresOfWorkersSurfaceAndKeepThePosition() {
        try (BatchLoader loader = new BatchLoader(new Numbers(4, Set.of(), 2), config(4, 0))) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(loader::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("a bug")
                        .hasCauseInstanceOf(UnsupportedOperationException.class);
                assertThat(loader.position()).isEqualTo(LoaderPosition.START);
            }
        }
    }

    @Test
    void vectorsComeAlongWholeOrDamaged() {
        for (Set<Integer> damaged : List.of(Set.<Integer>of(), Set.of(1, 4))) {
            try (BatchLoader loader = new BatchLoader(new Numbers(7, damaged, -1), config(5, 0))) {
                for (int b = 0; b < 4; b++) {
                    Batch batch = loader.next();
                    assertThat(batch.vectorSize()).isEqualTo(2);
                    assertThat(batch.vectors()).hasSize(10);
                    for (int i = 0; i < 5; i++) {
                        float value = batch.values()[i];
                        assertThat(batch.vectors()[2 * i]).isEqualTo(value / 2);
                        assertThat(batch.vectors()[2 * i + 1]).isEqualTo(-value);
                    }
                }
            }
        }
    }

    @Test
    void batchesRefuseVectorsThatDoNotFit() {
        assertThat(new Batch(new float[2], new int[2], 2, new PointShape(1)).vectorSize())
                .isZero();
        assertThatThrownBy(() -> new Batch(new float[2], new int[2], new float[3], 2, new PointShape(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 numbers of vectors");
    }

    @Test
    void labelsComeAlong() {
        try (BatchLoader loader = new BatchLoader(new Numbers(6, Set.of(), -1), config(6, 0))) {
            Batch batch = loader.next();
            for (int i = 0; i < 6; i++) {
                int value = (int) batch.values()[i];
                assertThat(batch.labels()[i]).isEqualTo(value % 2 == 0 ? value : -1);
            }
        }
    }

    @Test
    void closingEndsTheWorkersAndTheLoader() throws InterruptedException {
        BatchLoader loader = new BatchLoader(new Numbers(4, Set.of(), -1), config(4, 0));
        Set<Thread> before = workerThreads();
        loader.next();
        Set<Thread> workers = workerThreads();
        workers.removeAll(before);
        assertThat(workers).isNotEmpty();
        loader.close();
        loader.close();
        for (Thread worker : workers) {
            worker.join(
                    TimeUnit.MINUTES.toMillis(5)); // its work is done; the system may still be taking the thread down
            assertThat(worker.isAlive()).isFalse();
        }
        assertThatThrownBy(loader::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new LoaderConfig(0, 1, 1, 1)).hasMessage("batchSize must be >= 1 but was 0");
        assertThatThrownBy(() -> new LoaderConfig(1, 1, 0, 1)).hasMessage("workers must be >= 1 but was 0");
        assertThatThrownBy(() -> new LoaderConfig(1, 1, 1, 0)).hasMessage("prefetch must be >= 1 but was 0");
        assertThatThrownBy(() -> new LoaderPosition(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<Thread> workerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("saddlepoint-loader"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static LoaderConfig config(int batch, long seed) {
        return new LoaderConfig(batch, seed, 2, 3);
    }

    private static List<Integer> serve(Dataset data, LoaderConfig config, int batches) {
        try (BatchLoader loader = new BatchLoader(data, config)) {
            return serve(loader, batches);
        }
    }

    private static List<Integer> serve(BatchLoader loader, int batches) {
        List<Integer> served = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            for (float value : loader.next().values()) {
                served.add((int) value);
            }
        }
        return served;
    }
}
