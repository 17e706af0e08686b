package org.saddlepoint.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.FiniteDifferences;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** What every view must do, see {@link View}; a new one is listed in {@link ViewCases}. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ViewLawsTest {
    static List<View> all() {
        return ViewCases.all();
    }

    private static Progress at(long step) {
        return Progress.of(step, 4 * step, new Horizon(20, 4, 10));
    }

    /** Whether a view acts on such a batch; images are seen through all views. */
    private static boolean takes(View view, long... batch) {
        try {
            view.requireSample(Shape.of(Arrays.copyOfRange(batch, 1, batch.length)));
            return true;
        } catch (IllegalArgumentException refused) {
            assertThat(batch).as("shape of points").hasSize(2);
            return false;
        }
    }

    @Test
    void everyViewIsListed() {
        assertThat(all().stream().<Class<?>>map(Object::getClass))
                .containsAll(MainClasses.implementationsOf(View.class));
    }

    @ParameterizedTest
    @MethodSource("all")
    void samplesKeepShapeAndTypeAndAreLeftAlone(View view) {
        for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (long[] shape : new long[][] {{3, 2, 4, 4}, {3, 2}, {1, 1, 8, 8}}) {
                if (!takes(view, shape)) {
                    continue;
                }
                for (Sight.Origin origin : Sight.Origin.values()) {
                    try (TensorScope scope = TensorScope.open();
                            Memory memory = new Memory();
                            RandomGenerator random = new RandomGenerator(2)) {
                        Tensor samples = random.uniform(dtype, -1, 1, shape);
                        byte[] before = samples.toByteArray();
                        Tensor seen = view.apply(samples, new Sight(origin, at(0), random, memory));
                        assertThat(seen.shape()).isEqualTo(samples.shape());
                        assertThat(seen.dtype()).isEqualTo(dtype);
                        assertThat(seen.countNonFinite()).isZero();
                        assertThat(samples.toByteArray()).isEqualTo(before);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientsFlowThrough(View view) {
        for (Sight.Origin origin : Sight.Origin.values()) {
            try (TensorScope scope = TensorScope.open();
                    Memory memory = new Memory();
                    RandomGenerator random = new RandomGenerator(2)) {
                Tensor samples = random.normal(DType.FLOAT64, 2, 1, 3, 3);
                byte[] drawn = random.state();
                FiniteDifferences.Report report = FiniteDifferences.check(
                        view + " of " + origin,
                        inputs -> {
                            random.restore(drawn);
                            return view.apply(inputs.get(0), new Sight(origin, at(0), random, memory));
                        },
                        List.of(samples));
                assertThat(report.largest()).isGreaterThan(0.1);
            }
        }
    }

    /** Two rounds of what updates do with views; answers all that was seen. */
    private static double[] rounds(Views views, RandomGenerator random, int first, int end) {
        double[] seen = new double[0];
        for (int round = first; round < end; round++) {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator data = new RandomGenerator(round)) {
                Tensor real = views.apply(data.normal(4, 1, 5, 5), Sight.Origin.REAL, at(round), random);
                Tensor fake = views.apply(data.normal(4, 1, 5, 5), Sight.Origin.FAKE, at(round), random);
                views.observe(data.normal(4), at(round), random);
                double[] both = Tensors.cat(List.of(real, fake), 0).toDoubleArray();
                seen = Arrays.copyOf(seen, seen.length + both.length);
                System.arraycopy(both, 0, seen, seen.length - both.length, both.length);
            }
        }
        return seen;
    }

    @ParameterizedTest
    @MethodSource("all")
    void goingOnFromTheStateEqualsNeverStopping(View view) {
        try (Views straight = new Views(Map.of("one", view));
                Views first = new Views(Map.of("one", view));
                Views second = new Views(Map.of("one", view));
                RandomGenerator random = new RandomGenerator(5)) {
            byte[] start = random.state();
            double[] whole = rounds(straight, random, 0, 5);
            byte[] end = random.state();

            random.restore(start);
            rounds(second, random, 7, 9); // so that nothing is right by itself
            random.restore(start);
            double[] before = rounds(first, random, 0, 3);
            second.load(first.state());
            double[] after = rounds(second, random, 3, 5);
            assertThat(before).isEqualTo(Arrays.copyOf(whole, before.length));
            assertThat(after).isEqualTo(Arrays.copyOfRange(whole, before.length, whole.length));
            assertThat(random.state()).isEqualTo(end); // and no randomness but the given
            assertThat(bytes(second)).usingRecursiveComparison().isEqualTo(bytes(straight));
        }
    }

    private static Map<String, byte[]> bytes(Views views) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        views.state().forEach((name, tensor) -> bytes.put(name, tensor.toByteArray()));
        return bytes;
    }

    @Test
    void viewsFollowEachOtherAndEachHasItsOwnMemory() {
        Map<String, View> named = new LinkedHashMap<>();
        named.put("b", new AdaptiveView(0.5));
        named.put("shift", (samples, sight) -> samples.add(1));
        named.put("a", new AdaptiveView(0.25));
        try (Views views = new Views(named);
                TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            byte[] drawn = random.state();
            double seen = views.apply(Tensors.full(3, DType.FLOAT64, 1), Sight.Origin.FAKE, at(0), random)
                    .item();
            random.restore(drawn);
            double first = random.uniform(DType.FLOAT64, 0.5, 1).item();
            double second = random.uniform(DType.FLOAT64, 0.5, 1).item();
            assertThat(seen).isCloseTo((3 * (1 - 0.1 * first) + 1) * (1 - 0.1 * second), within(1e-12));

            assertThat(views.state()).isEmpty();
            views.observe(Tensors.ones(4), at(0), random);
            assertThat(views.state().keySet()).containsExactly("b.strength", "b.calls", "a.strength", "a.calls");
            assertThat(views.state().get("b.strength").item()).isEqualTo(0.6);
            assertThat(views.state().get("a.strength").item()).isEqualTo(0.35);
            random.restore(drawn);
            assertThat(views.apply(Tensors.full(3, DType.FLOAT64, 1), Sight.Origin.FAKE, at(0), random)
                            .item())
                    .isCloseTo((3 * (1 - 0.6 * first) + 1) * (1 - 0.35 * second), within(1e-12));
            Map<String, Tensor> more = new LinkedHashMap<>(views.state());
            more.put("stranger.strength", Tensors.scalar(1));
            assertThatThrownBy(() -> views.load(more))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no memory that keeps stranger.strength; there are [b, shift, a]");
            assertThat(views.state().get("a.strength").item()).isEqualTo(0.35);
        }
    }

    private static double deviation(InstanceNoise noise, Sight.Origin origin, long step) {
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(9)) {
            Tensor seen = noise.apply(Tensors.zeros(20_000, 2), new Sight(origin, at(step), random, memory));
            return Math.sqrt(seen.square().mean().item());
        }
    }

    @Test
    void theDeviationOfInstanceNoiseFollowsItsSchedule() {
        InstanceNoise noise = new InstanceNoise(new Schedule.Linear(0.4, 0.1, 2, 12, Unit.STEPS));
        for (Sight.Origin origin : Sight.Origin.values()) { // 40,000 numbers: a relative error of about 0.35 %
            assertThat(deviation(noise, origin, 0)).isCloseTo(0.4, within(0.005));
            assertThat(deviation(noise, origin, 7)).isCloseTo(0.25, within(0.003));
            assertThat(deviation(noise, origin, 12)).isCloseTo(0.1, within(0.002));
        }
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(9)) {
            byte[] before = random.state();
            Tensor samples = Tensors.ones(3);
            Sight late = new Sight(Sight.Origin.REAL, at(9), random, memory);
            assertThat(InstanceNoise.fading(1, 9).apply(samples, late)).isSameAs(samples);
            assertThat(random.state()).isEqualTo(before); // where there is no noise none is drawn
        }
    }

    @Test
    void dequantizationFillsOneLevelOfRealPixelsOnly() {
        try (TensorScope scope = TensorScope.open();
                Memory memory = new Memory();
                RandomGenerator random = new RandomGenerator(9)) {
            Tensor pixels = Tensors.full(-1, DType.FLOAT64, 5000);
            Tensor seen = new Dequantization().apply(pixels, new Sight(Sight.Origin.REAL, at(0), random, memory));
            double level = 2 / 255.0;
            assertThat(seen.min().item()).isBetween(-1.0, -1 + level / 100);
            assertThat(seen.max().item()).isBetween(-1 + level * 0.99, -1 + level);
            assertThat(seen.mean().item()).isCloseTo(-1 + level / 2, within(level / 50));
            assertThat(new Dequantization().apply(pixels, new Sight(Sight.Origin.FAKE, at(0), random, memory)))
                    .isSameAs(pixels);
        }
    }
}
