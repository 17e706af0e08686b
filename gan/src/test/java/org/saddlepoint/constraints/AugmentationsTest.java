package org.saddlepoint.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.models.Discriminator;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.views.Augmentations;

/** What augmentations do to each image, and how often. */
@ExtendWith({LeakCheck.class, OneThread.class})
class AugmentationsTest {
    private static final int COUNT = 4000;

    /** This many copies of one image [2, height, width] of different numbers. */
    private static Tensor copies(int count, int height, int width) {
        return Tensors.arange(2L * height * width)
                .to(DType.FLOAT32)
                .add(1)
                .reshape(1, 2, height, width)
                .expand(count, 2, height, width);
    }

    @Test
    void aFlipMirrorsOrLeavesEachImageHalfTheTime() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor images = copies(COUNT, 3, 4);
            float[] same = images.select(0, 0).toFloatArray();
            float[] mirrored = images.select(0, 0).flip(2).toFloatArray();
            Tensor flipped = Augmentations.flip(images, random);
            assertThat(flipped.shape()).isEqualTo(images.shape());
            int changed = 0;
            float[] all = flipped.toFloatArray();
            for (int i = 0; i < COUNT; i++) {
                float[] image = Arrays.copyOfRange(all, i * same.length, (i + 1) * same.length);
                changed += Arrays.equals(image, mirrored) ? 1 : 0;
                assertThat(Arrays.equals(image, mirrored) || Arrays.equals(image, same))
                        .isTrue();
            }
            assertThat(changed / (double) COUNT).isCloseTo(0.5, within(0.03)); // 0.008 a standard deviation
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2, 0.26, 0.6})
    void aTranslationMovesWholePixelsUniformlyAndFillsWhatIsLeft(double share) {
        int height = 5;
        int width = 8;
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor images = copies(COUNT, height, width);
            float[] image = images.select(0, 0).toFloatArray();
            Tensor moved = Augmentations.translate(images, share, -1, random);
            assertThat(moved.shape()).isEqualTo(Shape.of(COUNT, 2, height, width));
            float[] all = moved.toFloatArray();
            int down = (int) (share * height);
            int right = (int) (share * width);
            Map<String, float[]> expected = new TreeMap<>();
            for (int dy = -down; dy <= down; dy++) {
                for (int dx = -right; dx <= right; dx++) {
                    expected.put(dy + ", " + dx, byHand(image, height, width, dy, dx));
                }
            }
            Map<String, Integer> seen = new TreeMap<>();
            for (int i = 0; i < COUNT; i++) {
                float[] one = Arrays.copyOfRange(all, i * image.length, (i + 1) * image.length);
                String offset = expected.entrySet().stream()
                        .filter(entry -> Arrays.equals(entry.getValue(), one))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no offset gives " + Arrays.toString(one)));
                seen.merge(offset, 1, Integer::sum);
            }
            assertThat(seen.keySet()).isEqualTo(expected.keySet());
            double each = COUNT / (double) expected.size();
            assertThat(seen.values())
                    .allSatisfy(count -> assertThat((double) count).isCloseTo(each, within(5 * Math.sqrt(each))));
        }
    }

    private static float[] byHand(float[] image, int height, int width, int dy, int dx) {
        float[] moved = new float[image.length];
        Arrays.fill(moved, -1);
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width) {
                        moved[(c * height + y + dy) * width + x + dx] = image[(c * height + y) * width + x];
                    }
                }
            }
        }
        return moved;
    }

    @Test
    void consistencyIsTheMeanSquaredChangeOfLogits() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                Discriminator d = MlpDiscriminatorConfig.of(List.of(4), new InitialWeights.Uniform(0.5))
                        .create(Shape.of(2, 4, 5), random)) {
            Tensor real = random.normal(6, 2, 4, 5);
            DiscriminatorUpdate update = Critics.update(d, real, real, random, 0);
            byte[] drawn = random.state();
            double penalty = new ConsistencyRegularization(5, true, 0.3)
                    .penalty(update)
                    .orElseThrow()
                    .item();
            random.restore(drawn); // mirrored first, then moved, black where nothing is
            Tensor changed = Augmentations.translate(Augmentations.flip(real, random), 0.3, -1, random);
            Tensor difference = d.forward(changed, update.conditioning()).sub(update.realLogits());
            assertThat(penalty)
                    .isPositive()
                    .isCloseTo(5 * difference.square().mean().item(), within(1e-6));

            assertThat(new ConsistencyRegularization(5, false, 0)
                            .penalty(update)
                            .orElseThrow()
                            .item())
                    .isCloseTo(0, within(1e-12)); // nothing changed, nothing to pay
        }
    }
}
