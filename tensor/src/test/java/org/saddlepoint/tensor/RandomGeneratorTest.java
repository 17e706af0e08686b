package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class RandomGeneratorTest {
    private static final JsonNode GOLDEN = Golden.read("random.json");

    static Stream<Arguments> draws() {
        return Golden.stream(GOLDEN.get("draws"))
                .map(it -> Arguments.of(
                        it.get("op").textValue() + Arrays.toString(Golden.longs(it.get("shape"))) + " of seed "
                                + it.get("seed"),
                        it));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("draws")
    void drawsWhatPyTorchDraws(String name, JsonNode it) {
        long[] shape = Golden.longs(it.get("shape"));
        JsonNode args = it.get("args");
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(it.get("seed").longValue())) {
            Tensor drawn =
                    switch (it.get("op").textValue()) {
                        case "normal" -> random.normal(shape);
                        case "normal64" -> random.normal(DType.FLOAT64, shape);
                        case "uniform" ->
                            random.uniform(
                                    args.get("low").doubleValue(),
                                    args.get("high").doubleValue(),
                                    shape);
                        case "bernoulli" ->
                            random.bernoulli(args.get("probability").doubleValue(), shape);
                        case "integers" -> random.integers(args.get("bound").longValue(), shape);
                        case "permutation" -> random.permutation(shape[0]);
                        default -> throw new AssertionError(name);
                    };
            // Logarithm and cosine of another processor may differ in the last bit.
            Golden.requireClose(name, drawn, it, 1e-6, 0);
        }
    }

    @Test
    void oneGeneratorGoesOnAsPyTorchsDoes() {
        JsonNode stream = GOLDEN.get("stream");
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(stream.get("seed").longValue())) {
            for (JsonNode normals : stream.get("normals")) {
                double[] expected = Golden.doubles(normals);
                assertThat(random.normal(expected.length).toDoubleArray())
                        .containsExactly(expected, org.assertj.core.data.Offset.offset(3e-6));
            }
        }
    }

    @Test
    void oneSeedGivesTheSameBytesAndAnotherOthers() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator a = new RandomGenerator(11);
                RandomGenerator b = new RandomGenerator(11);
                RandomGenerator c = new RandomGenerator(12)) {
            for (int i = 0; i < 3; i++) {
                byte[] drawn = a.normal(7, 5).toByteArray();
                assertThat(b.normal(7, 5).toByteArray()).isEqualTo(drawn);
                assertThat(c.normal(7, 5).toByteArray()).isNotEqualTo(drawn);
            }
        }
    }

    /** Of an odd count of normals below 16 one is left over for the next call, and belongs to the state. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 5, 15, 16, 17, 100})
    void aRestoredStateGoesOnExactly(long drawnBefore) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(3);
                RandomGenerator other = new RandomGenerator(99)) {
            random.normal(drawnBefore);
            byte[] state = random.state();
            byte[] expected = some(random);
            assertThat(some(random)).as("it moves on").isNotEqualTo(expected);

            random.restore(state);
            assertThat(some(random)).isEqualTo(expected);
            other.restore(state);
            assertThat(some(other)).isEqualTo(expected);
        }
    }

    @Test
    void takingTheStateDrawsNothing() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator a = new RandomGenerator(3);
                RandomGenerator b = new RandomGenerator(3)) {
            a.normal(3);
            b.normal(3);
            assertThat(a.state()).isEqualTo(a.state());
            assertThat(some(a)).isEqualTo(some(b));
        }
    }

    @Test
    void statesThatAreNoneAreRefused() {
        try (RandomGenerator random = new RandomGenerator(3)) {
            byte[] before = random.state();
            assertThatThrownBy(() -> random.restore(new byte[7]))
                    .isInstanceOf(TensorException.class)
                    .hasMessageStartingWith("restore(uint8[7]): ");
            byte[] damaged = before.clone();
            Arrays.fill(damaged, (byte) 0xff);
            assertThatThrownBy(() -> random.restore(damaged)).isInstanceOf(TensorException.class);
            assertThat(random.state()).as("still the same").isEqualTo(before);
        }
    }

    @Test
    void isIndependentOfTheGlobalGeneratorAndOfOthers() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator a = new RandomGenerator(4);
                RandomGenerator b = new RandomGenerator(4);
                RandomGenerator other = new RandomGenerator(4)) {
            byte[] expected = some(a);
            org.bytedeco.pytorch.global.torch.manual_seed(1);
            Tensor global = Native.run("randn", () -> org.bytedeco.pytorch.global.torch.randn(20));
            other.normal(33);
            assertThat(some(b)).isEqualTo(expected);

            org.bytedeco.pytorch.global.torch.manual_seed(1);
            some(other);
            Tensor again = Native.run("randn", () -> org.bytedeco.pytorch.global.torch.randn(20));
            assertThat(again.toByteArray()).as("the global one too").isEqualTo(global.toByteArray());
        }
    }

    /** Bounds of about four standard errors; the seed is fixed, so they hold or do not. */
    @Test
    void normalsHaveTheMomentsOfTheStandardNormal() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            Tensor x = random.normal(DType.FLOAT64, 100_000);
            assertThat(x.mean().item()).isBetween(-0.0127, 0.0127);
            assertThat(x.square().mean().item()).isBetween(1 - 0.018, 1 + 0.018);
            assertThat(x.pow(3).mean().item()).isBetween(-0.05, 0.05);
            assertThat(x.pow(4).mean().item()).isBetween(3 - 0.125, 3 + 0.125);
            assertThat(x.abs().gt(1.96).to(DType.FLOAT64).mean().item()).isBetween(0.05 - 0.0028, 0.05 + 0.0028);
        }
    }

    @Test
    void uniformsFillTheirRangeEvenly() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6)) {
            Tensor x = random.uniform(DType.FLOAT64, -1, 3, 100_000);
            assertThat(x.min().item()).isBetween(-1.0, -0.999);
            assertThat(x.max().item()).isBetween(2.999, 3.0);
            assertThat(x.mean().item()).isBetween(1 - 0.0147, 1 + 0.0147);
            assertThat(x.var(false, false, 0).item()).isBetween(16 / 12.0 - 0.0152, 16 / 12.0 + 0.0152);
            assertThat(random.uniform(2, 3, 50).dtype()).isEqualTo(DType.FLOAT32);
        }
    }

    @Test
    void bernoulliDrawsOnesAtTheGivenRateAndNothingElse() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(7)) {
            Tensor x = random.bernoulli(0.3, 100_000);
            assertThat(x.mean().item()).isBetween(0.3 - 0.0058, 0.3 + 0.0058);
            assertThat(x.mul(x.sub(1)).abs().max().item()).isZero();
            assertThat(random.bernoulli(0, 100).sum().item()).isZero();
            assertThat(random.bernoulli(1, 100).sum().item()).isEqualTo(100);
            assertThatThrownBy(() -> random.bernoulli(1.5, 3)).isInstanceOf(TensorException.class);
        }
    }

    @Test
    void integersAreBelowTheBoundAndAllOccur() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(8)) {
            long[] counts = new long[5];
            for (long value : random.integers(5, 10_000).toLongArray()) {
                counts[(int) value]++;
            }
            for (long count : counts) {
                assertThat(count).isBetween(1840L, 2160L);
            }
            assertThatThrownBy(() -> random.integers(0, 3)).isInstanceOf(TensorException.class);
        }
    }

    @Test
    void aPermutationHoldsEachIndexOnceAndIsNotTheIdentity() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(9)) {
            long[] permutation = random.permutation(100).toLongArray();
            long[] identity = LongStream.range(0, 100).toArray();
            assertThat(permutation).isNotEqualTo(identity);
            assertThat(permutation).containsExactlyInAnyOrder(identity);
            assertThat(random.permutation(100).toLongArray()).isNotEqualTo(permutation);
            assertThat(random.permutation(0).toLongArray()).isEmpty();
        }
    }

    @Test
    void outlivesTheScopeItWasMadeInAndEndsWhenClosed() {
        RandomGenerator random;
        try (TensorScope scope = TensorScope.open()) {
            random = new RandomGenerator(10);
        }
        try (TensorScope scope = TensorScope.open()) {
            assertThat(random.normal(3).isFinite().all().item()).isEqualTo(1);
            random.close();
            random.close();
            assertThatThrownBy(() -> random.normal(3))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("this random generator was closed");
            assertThatThrownBy(random::state).isInstanceOf(IllegalStateException.class);
        }
    }

    private static byte[] some(RandomGenerator random) {
        try (TensorScope scope = TensorScope.open()) {
            byte[] bytes = Arrays.copyOf(random.normal(5).toByteArray(), 100);
            System.arraycopy(random.uniform(0, 1, 10).toByteArray(), 0, bytes, 20, 40);
            System.arraycopy(random.normal(9).toByteArray(), 0, bytes, 60, 36);
            return bytes;
        }
    }
}
