package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/** Weight normalization: lengths are g, directions are v's. */
@ExtendWith({LeakCheck.class, OneThread.class})
class WeightNormTest {
    private static final Initialization NORMAL =
            new Initialization(Initializer.normal(0, 0.7), Initializer.normal(0, 0.7), Initializer.constant(1));

    private static List<WeightLayer> layers(RandomGenerator random) {
        ConvConfig conv = ConvConfig.of(3, 5, 2);
        return List.of(
                new Linear(6, 5, NORMAL, random),
                new Conv2d(conv, NORMAL, random),
                new ConvTranspose2d(conv, NORMAL, random),
                new Embedding(5, 4, NORMAL, random));
    }

    @Test
    void itStartsAtTheWeightAndEachOutputsLengthIsG() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2)) {
            for (WeightLayer layer : layers(random)) {
                layer.to(DType.FLOAT64);
                double[] start = layer.weight().toDoubleArray();
                layer.parametrize(WeightNorm::new);
                assertThat(layer.weight().toDoubleArray()).containsExactly(start, within(1e-15));

                Tensor g = layer.parameters()
                        .get("parametrizations.weight.original0")
                        .tensor();
                Tensor v = layer.parameters()
                        .get("parametrizations.weight.original1")
                        .tensor();
                assertThat(g.shape().elements()).isEqualTo(5); // one an output
                g.assign(random.uniform(DType.FLOAT64, 0.5, 2, g.shape().toArray()));
                double[] lengths = layer.matrix().norm(1).toDoubleArray();
                assertThat(lengths).containsExactly(g.toDoubleArray(), within(1e-14));
                double[] now = layer.weight().toDoubleArray();
                v.assign(v.mul(3)); // the length of v does not count
                assertThat(layer.weight().toDoubleArray()).containsExactly(now, within(1e-14));
                layer.close();
            }
        }
    }

    @Test
    void aWeightIsComputedInOneWayOnly() {
        try (RandomGenerator random = new RandomGenerator(2);
                WeightLayer layer = new Linear(2, 3, NORMAL, random)) {
            layer.parametrize(WeightNorm::new);
            assertThatThrownBy(() -> layer.parametrize(WeightNorm::new))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("WeightNorm");
        }
    }

    @Test
    void aParametrizationTakesTheModeOfItsLayer() {
        try (RandomGenerator random = new RandomGenerator(2);
                WeightLayer layer = new Linear(2, 3, NORMAL, random)) {
            layer.train(false);
            layer.parametrize(WeightNorm::new);
            assertThat(layer.modules().get("parametrizations.weight").isTraining())
                    .isFalse();
        }
    }
}
