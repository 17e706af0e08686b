package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.StyleGan2Generator;
import org.saddlepoint.models.StyleGan2GeneratorConfig;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.schedule.Horizon;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Path length regularization against differences of the images, and its gradient against those of its value. */
@ExtendWith({LeakCheck.class, OneThread.class})
class PathLengthTest {
    private static final Latent LATENT = new Latent(3, Latent.Distribution.NORMAL);
    private static final int COUNT = 2;

    private static StyleGan2Generator generator(RandomGenerator random) {
        StyleGan2Generator generator = new StyleGan2GeneratorConfig(16, 2, 3, 1, 0)
                .create(LATENT, ConditionShape.none(), Shape.of(1, 8, 8), random);
        generator.to(DType.FLOAT64);
        try (TensorScope scope = TensorScope.open()) {
            for (Tensor weight : generator.weights()) {
                weight.assign(weight.detach()
                        .add(random.normal(DType.FLOAT64, weight.shape().toArray())
                                .mul(0.2)));
            }
        }
        generator.train(false); // noise stays
        return generator;
    }

    private static GeneratorUpdate update(StyleGan2Generator generator, Tensor z, RandomGenerator random, long step) {
        GeneratorUpdate.Styled styled = new GeneratorUpdate.Styled(
                generator, count -> generator.styles(z.narrow(0, 0, count), Conditioning.none()));
        return new GeneratorUpdate(
                inputs -> inputs,
                generator,
                z,
                z,
                Optional.of(styled),
                random,
                Progress.of(step, step, new Horizon(10, 1, 1)));
    }

    private static PathLength of(double weight, int every, double decay) {
        return new PathLength(Schedule.of(weight), every, decay, 2, false);
    }

    /** ℓ of each sample by moving each number of each style. */
    private static double[] lengths(StyleGan2Generator g, Tensor styles, Tensor y) {
        double h = 1e-6;
        double[] lengths = new double[COUNT];
        double[] values = styles.toDoubleArray();
        int each = values.length / COUNT;
        for (int i = 0; i < values.length; i++) {
            double[] up = values.clone();
            up[i] += h;
            double[] down = values.clone();
            down[i] -= h;
            long[] shape = styles.shape().toArray();
            double slope = g.synthesize(Tensors.of(up, shape))
                            .sub(g.synthesize(Tensors.of(down, shape)))
                            .mul(y)
                            .sum()
                            .item()
                    / (2 * h);
            lengths[i / each] += slope * slope / g.styleLayers();
        }
        for (int i = 0; i < COUNT; i++) {
            lengths[i] = Math.sqrt(lengths[i]);
        }
        return lengths;
    }

    @Test
    void theValueIsThatOfThePaperAndTheMeanFollows() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                Memory memory = new Memory();
                StyleGan2Generator g = generator(random)) {
            Tensor z = random.normal(DType.FLOAT64, 2 * COUNT, 3);
            Tensor styles = g.styles(z.narrow(0, 0, COUNT), Conditioning.none());
            double mean = 0;
            for (int use = 0; use < 2; use++) {
                byte[] drawn = random.state();
                double value = of(1.5, 4, 0.3)
                        .penalty(update(g, z, random, 4L * use), memory)
                        .orElseThrow()
                        .item();
                random.restore(drawn);
                Tensor y = random.normal(DType.FLOAT64, COUNT, 1, 8, 8).mul(1 / 8.0);
                double[] lengths = lengths(g, styles, y);
                mean += 0.3 * ((lengths[0] + lengths[1]) / 2 - mean);
                double expected = 0;
                for (double length : lengths) {
                    expected += (length - mean) * (length - mean) / COUNT;
                }
                assertThat(value).isCloseTo(1.5 * 4 * expected, within(1e-6 * value));
                assertThat(memory.get("mean", 0)).isCloseTo(mean, within(1e-6 * mean));
                assertThat(mean).isGreaterThan(0.01);
            }
        }
    }

    @Test
    void itsGradientIsThatOfItsValue() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                StyleGan2Generator g = generator(random)) {
            Tensor z = random.normal(DType.FLOAT64, 2 * COUNT, 3);
            byte[] drawn = random.state();
            PathLength penalty = new PathLength(Schedule.of(1), 1, 0.3, 2, true);
            List<Tensor> weights = g.weights();
            List<Tensor> gradients = Autograd.grad(value(penalty, g, z, random, drawn), weights);
            double largest = 0;
            for (int i = 0; i < weights.size(); i++) {
                Tensor weight = weights.get(i);
                double[] values = weight.toDoubleArray();
                double[] gradient = gradients.get(i).toDoubleArray();
                for (int element = 0; element < values.length; element += 3) {
                    double h = 1e-5 * Math.max(1, Math.abs(values[element]));
                    double slope = (moved(penalty, g, z, random, drawn, weight, element, h)
                                    - moved(penalty, g, z, random, drawn, weight, element, -h))
                            / (2 * h);
                    assertThat(gradient[element])
                            .as("element %d of weight %d", element, i)
                            .isCloseTo(slope, within(2e-6 * (0.1 + Math.abs(slope))));
                    largest = Math.max(largest, Math.abs(slope));
                }
            }
            assertThat(largest).isGreaterThan(0.01);
        }
    }

    private static Tensor value(
            PathLength penalty, StyleGan2Generator g, Tensor z, RandomGenerator random, byte[] drawn) {
        random.restore(drawn);
        try (Memory memory = new Memory()) {
            return penalty.penalty(update(g, z, random, 0), memory).orElseThrow();
        }
    }

    private static double moved(
            PathLength penalty,
            StyleGan2Generator g,
            Tensor z,
            RandomGenerator random,
            byte[] drawn,
            Tensor weight,
            int element,
            double by) {
        double[] before = weight.toDoubleArray();
        double[] after = before.clone();
        after[element] += by;
        try (TensorScope scope = TensorScope.open()) {
            weight.assign(Tensors.of(after, weight.shape().toArray()));
            double value = value(penalty, g, z, random, drawn).item();
            weight.assign(Tensors.of(before, weight.shape().toArray()));
            return value;
        }
    }

    @Test
    void itIsLazyAndNeedsStyles() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(6);
                Memory memory = new Memory();
                StyleGan2Generator g = generator(random)) {
            Tensor z = random.normal(DType.FLOAT64, 2 * COUNT, 3);
            assertThat(of(1, 4, 0.1).penalty(update(g, z, random, 3), memory)).isEmpty();
            assertThat(of(0, 4, 0.1).penalty(update(g, z, random, 4), memory)).isEmpty();
            assertThat(memory.state()).isEmpty();
            GeneratorUpdate plain = new GeneratorUpdate(x -> x, g, z, z, random, Progress.START);
            assertThatThrownBy(() -> of(1, 1, 0.1).penalty(plain, memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("path length regularization needs a generator that goes through styles");
        }
        assertThatThrownBy(() -> of(-1, 1, 0.1)).hasMessageContaining("weight must be >= 0");
        assertThatThrownBy(() -> of(1, 0, 0.1)).hasMessage("every must be >= 1 but was 0");
        assertThatThrownBy(() -> of(1, 1, 0)).hasMessage("decay must be in (0, 1] but was 0.0");
        assertThatThrownBy(() -> new PathLength(Schedule.of(1), 1, 0.1, 0, true))
                .hasMessage("shrink must be >= 1 but was 0");
    }
}
