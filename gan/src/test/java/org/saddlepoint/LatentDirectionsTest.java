package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Directions of first layers: closed forms, and the families. */
@ExtendWith(LeakCheck.class)
class LatentDirectionsTest {
    @TempDir
    private Path folder;

    @Test
    void ofADiagonalLayerTheyAreTheAxesByLength() {
        try (RandomGenerator random = new RandomGenerator(1);
                TensorScope scope = TensorScope.open();
                Generator generator = Generator.of(
                        new Latent(3, Latent.Distribution.NORMAL),
                        ConditionShape.none(),
                        Shape.of(3),
                        new Linear(3, 3, Initialization.PYTORCH_DEFAULT, random))) {
            generator.loadStateDict(Map.of(
                    "layers.weight", Tensors.of(new float[] {0, 0, -5, 2, 0, 0, 0, 3, 0}, 3, 3), "layers.bias", Tensors.zeros(3)));
            LatentDirections found = LatentDirections.of(generator, 3).orElseThrow();
            assertThat(found.strengths().get(0)).isEqualTo(5, within(1e-12));
            assertThat(found.strengths().get(1)).isEqualTo(3, within(1e-12));
            assertThat(found.strengths().get(2)).isEqualTo(2, within(1e-12));
            assertThat(found.vectors())
                    .containsExactly(List.of(0f, 0f, 1f), List.of(0f, 1f, 0f), List.of(1f, 0f, 0f));
        }
    }

    /** Of the first layer of each family: unit vectors at right angles, whose steps change it as much as is said. */
    @ParameterizedTest
    @CsvSource({
        "dcgan-quick, network.layers.0, 0",
        "cdcgan, network.layers.0, 0",
        "stylegan2-small, mapping.layers.0, 0",
        "biggan-small, linear, 1"
    })
    void familiesHaveDirectionsOfTheirFirstLayer(String recipe, String layer, int leavesRest) {
        SmallRuns.digits(folder.resolve("run"), recipe, Map.of("steps", "1"));
        try (TrainedGenerator generator = TrainedGenerator.open(folder.resolve("run"))) {
            LatentDirections found = generator.directions().orElseThrow();
            int size = generator.recipe().latent().size();
            assertThat(found.layer()).endsWith(layer.substring(layer.indexOf('.') + 1));
            assertThat(found.strengths()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(found.vectors()).allSatisfy(vector -> assertThat(vector).hasSize(size));
            assertThat(product(found.vectors().get(0), found.vectors().get(0))).isEqualTo(1, within(1e-5));
            assertThat(product(found.vectors().get(0), found.vectors().get(1))).isZero();
            assertThat(found.count() < size).isEqualTo(leavesRest == 1);
        }
    }

    private static double product(List<Float> one, List<Float> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += one.get(i) * other.get(i);
        }
        return Math.round(sum * 1e5) / 1e5;
    }
}
