package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.nn.Activation;
import org.saddlepoint.nn.Conv2d;
import org.saddlepoint.nn.ConvConfig;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Initializer;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

/** Orthogonal regularization against values by hand. */
@ExtendWith({LeakCheck.class, OneThread.class})
class OrthogonalRegularizationTest {
    private static final Initialization ORTHOGONAL =
            new Initialization(Initializer.orthogonal(1), Initializer.constant(0), Initializer.constant(1));

    private static double penalty(Discriminator d, double weight, boolean offDiagonalOnly, RandomGenerator random) {
        Tensor samples = Tensors.ones(2, d.weights().get(0).size(1));
        return new OrthogonalRegularization(weight, offDiagonalOnly)
                .penalty(Critics.update(d, samples, samples, random, 0))
                .orElseThrow()
                .item();
    }

    /** One hidden layer with this weight [2, 2], then the unit vector (1, 0), which costs nothing. */
    private static Discriminator of(RandomGenerator random, double... weight) {
        Discriminator d =
                new Critics.Stack(List.of(new Linear(2, 2, ORTHOGONAL, random), new Linear(2, 1, ORTHOGONAL, random)));
        d.weights().get(0).assign(Tensors.of(weight, 2, 2));
        d.weights().get(2).assign(Tensors.of(new double[] {1, 0}, 1, 2));
        return d;
    }

    @Test
    void orthogonalMatricesCostNothingWideOrTall() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Discriminator d = new Critics.Stack(List.of(
                        new Linear(3, 5, ORTHOGONAL, random), // tall
                        Activation.relu(),
                        new Linear(5, 4, ORTHOGONAL, random), // wide
                        Activation.of("image", true, x -> x.reshape(-1, 1, 2, 2)),
                        new Conv2d(ConvConfig.of(1, 3, 2), ORTHOGONAL, random),
                        Activation.flatten(),
                        new Linear(3, 1, ORTHOGONAL, random)))) {
            for (boolean offDiagonalOnly : new boolean[] {true, false}) {
                assertThat(penalty(d, 1, offDiagonalOnly, random)).isBetween(0.0, 1e-10);
            }
            d.weights().get(0).scaleInPlace(2); // W Wᵀ = 4 I: three diagonal elements are off by 3
            assertThat(penalty(d, 1, false, random)).isCloseTo(27, within(1e-4));
            assertThat(penalty(d, 1, true, random)).isBetween(0.0, 1e-9);
        }
    }

    @Test
    void ofASmallMatrixItIsAsComputedByHand() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Discriminator d = of(random, 1, 2, 0, 3)) {
            // W Wᵀ = (5, 6; 6, 9): diagonal 4² + 8², off the diagonal 2 · 6².
            assertThat(penalty(d, 0.5, false, random)).isCloseTo(0.5 * (16 + 64 + 72), within(1e-4));
            assertThat(penalty(d, 0.5, true, random)).isCloseTo(0.5 * 72, within(1e-4));
        }
    }
}
