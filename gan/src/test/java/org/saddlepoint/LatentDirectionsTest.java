package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Generator;
import org.saddlepoint.models.Latent;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.TrainedNetworks;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Directions of first layers: closed forms, and the families. */
@ExtendWith(LeakCheck.class)
class LatentDirectionsTest {
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
                    "layers.weight",
                    Tensors.of(new float[] {0, 0, -5, 2, 0, 0, 0, 3, 0}, 3, 3),
                    "layers.bias",
                    Tensors.zeros(3)));
            LatentDirections found = LatentDirections.of(generator, 3).orElseThrow();
            assertThat(found.strengths().get(0)).isEqualTo(5, within(1e-12));
            assertThat(found.strengths().get(1)).isEqualTo(3, within(1e-12));
            assertThat(found.strengths().get(2)).isEqualTo(2, within(1e-12));
            assertThat(found.vectors()).containsExactly(List.of(0f, 0f, 1f), List.of(0f, 1f, 0f), List.of(1f, 0f, 0f));
        }
    }

    /** Of the first layer of each family: unit vectors at right angles, whose steps change it as much as is said. */
    @ParameterizedTest
    @CsvSource({
        "dcgan-quick, network.layers.0, false",
        "cdcgan, network.layers.0, false",
        "stylegan2-small, mapping.layers.0, false",
        "biggan-small, linear, true"
    })
    void familiesHaveDirectionsOfTheirFirstLayer(String name, String layer, boolean leavesRest) {
        GanRecipe recipe = Recipes.load(name, Map.of()).asGan();
        List<String> classes = List.of("a", "b");
        RunManifest.Data data = new RunManifest.Data("x", "x", "0", List.of(3, 32, 32), classes, List.of());
        try (Generator generator = TrainedNetworks.generator(recipe, data, Device.CPU)) {
            int size = recipe.latent().size();
            LatentDirections found = LatentDirections.of(generator, size).orElseThrow();
            assertThat(found.layer()).endsWith(layer.substring(layer.indexOf('.') + 1));
            assertThat(found.strengths()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(found.vectors()).allSatisfy(vector -> assertThat(vector).hasSize(size));
            assertThat(product(found.vectors().get(0), found.vectors().get(0))).isEqualTo(1, within(1e-5));
            assertThat(product(found.vectors().get(0), found.vectors().get(1))).isEqualTo(0, within(1e-5));
            assertThat(found.count() < size).isEqualTo(leavesRest);
        }
    }

    private static double product(List<Float> one, List<Float> other) {
        double sum = 0;
        for (int i = 0; i < one.size(); i++) {
            sum += one.get(i) * other.get(i);
        }
        return sum;
    }
}
