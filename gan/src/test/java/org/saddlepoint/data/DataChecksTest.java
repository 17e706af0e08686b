package org.saddlepoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DataChecksTest {
    private static final ImageShape IMAGE = new ImageShape(1, 2, 2);
    private static final PairShape PAIR = new PairShape(IMAGE, IMAGE);

    /** Gives the value of element {@code element} of example {@code index}. */
    private interface Values {
        float at(int index, int element);
    }

    /** A data set as a user may write it. */
    private static final class Own implements Dataset {
        private final ExampleShape shape;
        private final int size;
        private final Values values;
        private final Set<Integer> damaged;
        private final Set<Integer> read = new TreeSet<>();

        Own(ExampleShape shape, int size, Values values, Integer... damaged) {
            this.shape = shape;
            this.size = size;
            this.values = values;
            this.damaged = Set.of(damaged);
        }

        @Override
        public String name() {
            return "own";
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public ExampleShape shape() {
            return shape;
        }

        @Override
        public void read(int index, float[] target, int offset) throws DamagedExampleException {
            read.add(index);
            if (damaged.contains(index)) {
                target[offset] = Float.NaN;
                throw new DamagedExampleException(new Skipped("#" + index, "broken"));
            }
            for (int i = 0; i < shape.elements(); i++) {
                target[offset + i] = values.at(index, i);
            }
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

    private static void assertRefused(Dataset data, String... parts) {
        assertThatThrownBy(() -> DataChecks.requireUsable(data))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("of own has the value")
                .hasMessageContainingAll(parts);
    }

    private static void assertUsable(Dataset data) {
        assertThatCode(() -> DataChecks.requireUsable(data)).doesNotThrowAnyException();
    }

    @Test
    void imagesWithinTheRangeAreUsable() {
        assertUsable(new Own(IMAGE, 5, (index, element) -> element % 2 == 0 ? -1 : 1));
        assertUsable(new Own(PAIR, 5, (index, element) -> element % 2 == 0 ? -1 : 1));
        assertUsable(new Own(IMAGE, 5, (index, element) -> 1.000_001f));
        assertUsable(new Own(IMAGE, 5, (index, element) -> index / 4f)); // suspicious, but there are such images
    }

    @Test
    void storedSamplesAreRecognized() {
        assertRefused(
                new Own(IMAGE, 3, (index, element) -> index == 0 ? 0 : 200 + index),
                "example 1 of own has the value 201.0",
                "expected values of images in [-1, 1]",
                "lie in [0.000, 202.0], which looks like 0 to 255: divide by 127.5 and subtract 1");
        assertRefused(new Own(IMAGE, 3, (index, element) -> 65_535f), "example 0", "divide by 32767.5 and subtract 1");
        assertRefused(new Own(IMAGE, 3, (index, element) -> element == 0 ? -2.1f : 2.6f), "mean 0 and deviation 1");
        assertRefused(new Own(IMAGE, 3, (index, element) -> element == 0 ? -128 : 127), "read with a sign");
        assertRefused(new Own(IMAGE, 3, (index, element) -> element == 3 ? 1.05f : 0), "1.05", "resizing");
        assertRefused(new Own(PAIR, 3, (index, element) -> element == 7 ? -1.5f : 0), "-1.5");
    }

    @Test
    void numbersThatAreNotFiniteAreRefusedInAnyData() {
        for (ExampleShape shape : List.of(IMAGE, PAIR, new PointShape(3))) {
            for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                assertRefused(
                        new Own(shape, 4, (index, element) -> index == 2 && element == 1 ? wrong : 0),
                        "example 2",
                        "the value " + wrong,
                        "expected finite numbers");
            }
        }
    }

    @Test
    void pointsMayBeOfAnySize() {
        assertUsable(new Own(new PointShape(2), 4, (index, element) -> 1e30f));
    }

    @Test
    void damagedExamplesArePassedOver() {
        assertUsable(new Own(IMAGE, 4, (index, element) -> index == 1 ? Float.NaN : 0, 1));
        assertUsable(new Own(IMAGE, 2, (index, element) -> 0, 0, 1));
        assertRefused(new Own(IMAGE, 4, (index, element) -> index == 3 ? 9 : 0, 0, 1), "example 3");
    }

    @Test
    void atMost64ExamplesAreReadAllOverTheData() {
        Own large = new Own(IMAGE, 6_400, (index, element) -> 0);
        assertUsable(large);
        assertThat(large.read).hasSize(64).contains(0, 100, 6_300);
        Own small = new Own(IMAGE, 3, (index, element) -> 0);
        assertUsable(small);
        assertThat(small.read).containsExactly(0, 1, 2);
    }

    @Test
    void shapesSayWhichImagesTheyHold() {
        assertThat(IMAGE.images()).containsExactly(IMAGE);
        assertThat(PAIR.images()).containsExactly(IMAGE, IMAGE);
        assertThat(new PointShape(2).images()).isEmpty();
        assertThat(IMAGE.pair()).isEmpty();
        assertThat(PAIR.pair()).contains(PAIR);
    }
}
