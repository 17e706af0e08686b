package org.saddlepoint.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** The numbers behind signals, where they are known. */
@ExtendWith(LeakCheck.class)
class ProbeNumbersTest {
    @Test
    void aCloudKnowsItsDistancesRankAndCopies() {
        try (TensorScope scope = TensorScope.open()) {
            Cloud square = Cloud.of(Tensors.of(new double[] {0, 0, 3, 0, 0, 4, 3, 4}, 4, 2));
            assertThat(square.spread()).isCloseTo((3 + 3 + 4 + 4 + 5 + 5) / 6.0, within(1e-12));
            double p = 9 / 25.0;
            assertThat(square.rank()).isCloseTo(Math.exp(-p * Math.log(p) - (1 - p) * Math.log(1 - p)), within(1e-9));
            assertThat(square.neighbour(1)).containsExactly(3, 3, 3, 3);
            assertThat(square.spreadWithin(new int[] {0, 0, 1, 1})).isEqualTo(3);
            assertThat(square.spreadBetween(new int[] {0, 0, 1, 1})).isEqualTo(4.5);
            Cloud copies = Cloud.of(Tensors.of(new double[] {0, 0, 0, 0, 0, 0, 3, 4}, 4, 2));
            assertThat(copies.duplicates(square.nearness())).isEqualTo(0.75);
            assertThat(copies.support(square.nearness()))
                    .as("6 pairs, 3 of them equal")
                    .isEqualTo(2);
            assertThat(copies.rank()).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void farCloudsCoverNothing() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = points(64, 0);
            Cloud cloud = Cloud.of(real);
            assertThat(cloud.coverage(Cloud.distances(real, real))).isEqualTo(1);
            assertThat(cloud.coverage(Cloud.distances(real, points(64, 50)))).isZero();
        }
    }

    private static Tensor points(int count, double shift) {
        Random random = new Random(3);
        double[] values = new double[2 * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian() + shift;
        }
        return Tensors.of(values, count, 2).to(org.saddlepoint.tensor.DType.FLOAT32);
    }

    @Test
    void theSlicedDistanceOfAShiftIsTheShiftAlongEachDirection() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor real = Tensors.of(new float[] {0, 2, 4, 6, 8}, 5, 1);
            try (SlicedDistance distance = new SlicedDistance(real, 1)) {
                assertThat(distance.of(real)).isZero();
                assertThat(distance.of(real.add(3))).isCloseTo(3 / Math.sqrt(8), within(1e-6));
            }
        }
    }

    @Test
    void aCheckerboardIsLockedToTheGridAndNoiseIsNot() {
        ImageShape shape = new ImageShape(1, 32, 32);
        Random random = new Random(1);
        float[] board = new float[8 * 1024];
        float[] noise = new float[8 * 1024];
        for (int i = 0; i < board.length; i++) {
            board[i] = (i % 32 + i / 32) % 2 == 0 ? 0.5f : -0.5f;
            noise[i] = (float) random.nextGaussian();
        }
        assertThat(new PictureTraits(board, shape).grid()).isCloseTo(1, within(0.02));
        assertThat(new PictureTraits(noise, shape).grid()).isLessThan(0.05);
        PictureTraits plain = new PictureTraits(noise, shape);
        float[] changed = noise.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] = 0.5f * changed[i] + 1;
        }
        PictureTraits other = new PictureTraits(changed, shape);
        assertThat(other.brightness(plain)).isCloseTo(1, within(0.05));
        assertThat(other.contrast(plain)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void scoresAreComparedByTheirOrder() {
        assertThat(LogitSignals.above(new double[] {1, 2}, new double[] {-5, 0}))
                .isEqualTo(1);
        assertThat(LogitSignals.above(new double[] {1, 1}, new double[] {1, 1})).isEqualTo(0.5);
        assertThat(LogitSignals.above(new double[] {0, 3}, new double[] {1, 2})).isEqualTo(0.5);
    }

    @Test
    void modesNeedAFifthOfTheirShare() {
        GaussianMixture mixture = new GaussianMixture("two", new double[][] {{0, 0}, {10, 0}}, 0.1);
        float[] points = new float[40];
        points[0] = 10;
        Map<Signal, Double> values = new EnumMap<>(Signal.class);
        ModeSignals.measure(mixture, points, values);
        assertThat(values).containsEntry(Signal.MODES, 0.5).containsEntry(Signal.ON_MODE, 1.0);
        points[2] = 10;
        ModeSignals.measure(mixture, points, values);
        assertThat(values).containsEntry(Signal.MODES, 1.0);
    }

    /** Pictures of 4 by 4, whose example {@code i} is all of the value of a function. */
    private static ImagesInMemory pictures(int count, IntToDoubleFunction value) {
        List<float[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] picture = new float[16];
            Arrays.fill(picture, (float) value.applyAsDouble(i));
            pictures.add(picture);
        }
        return ImagesInMemory.ofValues("pictures", pictures, new ImageShape(1, 4, 4), ImageFormat.AS_STORED);
    }

    @Test
    void repeatsThatFillUpAReferenceAreNoDuplicatesOfTheData() {
        assertThat(ReferenceSet.of(pictures(20, i -> i / 20.0), 64, 3).duplicates())
                .as("20 different pictures")
                .isZero();
        assertThat(ReferenceSet.of(pictures(20, i -> i % 5 / 20.0), 64, 3).duplicates())
                .as("5 different ones of 20")
                .isEqualTo(0.75);
    }

    @Test
    void aBankOfLabelsSaysWhetherLooksTellThem() {
        List<String> names = List.of("dark", "bright");
        List<Integer> labels = IntStream.range(0, 64).mapToObj(i -> i % 2).toList();
        ImagesInMemory told = pictures(64, i -> i % 2 == 0 ? -0.5 - i / 1000.0 : 0.5 + i / 1000.0);
        Map<Signal, Double> values = new EnumMap<>(Signal.class);
        try (TensorScope scope = TensorScope.open();
                LabelBank bank = LabelBank.of(told.withLabels(labels, names), Device.CPU, 5)
                        .orElseThrow()) {
            bank.describe(values);
            assertThat(values).containsEntry(Signal.DATA_LABEL_MATCH, 1.0).containsEntry(Signal.LABEL_CHANCE, 0.5);
            float[] three = new float[3 * 16];
            Arrays.fill(three, 0, 16, -0.6f);
            Arrays.fill(three, 16, 48, 0.6f);
            bank.measure(
                    values, Tensors.of(three, 3, 16), new int[] {0, 1, 0}); // the last is bright, and was asked dark
            assertThat(values.get(Signal.LABEL_MATCH)).isCloseTo(2 / 3.0, within(1e-12));
        }
        assertThat(LabelBank.of(pictures(10, i -> 0).withLabels(labels.subList(0, 10), names), Device.CPU, 5))
                .as("5 examples a class")
                .isEmpty();
    }

    @Test
    void theHeldOutSideHoldsThoseExamplesAlone() {
        try (TensorScope scope = TensorScope.open();
                HeldOutSide side =
                        new HeldOutSide(pictures(8, i -> 2 * i / 255.0 - 1), 8, ConditionShape.none(), Device.CPU, 2)) {
            float[] values = side.samples().flatten(1).narrow(1, 0, 1).toFloatArray();
            Arrays.sort(values);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isCloseTo(2 * i / 255f - 1, within(1e-6f));
            }
            assertThat(side.conditions()).isEqualTo(Conditioning.none());
        }
    }

    @Test
    void translationsAreComparedWithInputsAndTargets() {
        ImageShape shape = new ImageShape(1, 8, 8);
        float[] inputs = new float[4 * 64];
        float[] targets = new float[4 * 64];
        Random random = new Random(2);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
            targets[i] = (float) random.nextGaussian();
        }
        TranslatorProbe.Side from = new TranslatorProbe.Side(inputs, shape);
        TranslatorProbe.Side to = new TranslatorProbe.Side(targets, shape);
        Map<Signal, Double> sound = translated(targets, from, to);
        for (Signal one : List.of(Signal.INPUT_CHANGE, Signal.INPUT_EFFECT, Signal.DETAIL, Signal.CONTRAST)) {
            assertThat(sound.get(one)).as(one.key()).isCloseTo(1, within(1e-6));
        }
        assertThat(sound.get(Signal.BRIGHTNESS)).isCloseTo(0, within(1e-6));
        assertThat(translated(inputs, from, to)).containsEntry(Signal.INPUT_CHANGE, 0.0);
        float[] same = new float[inputs.length];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(targets, 0, same, 64 * i, 64);
        }
        assertThat(translated(same, from, to).get(Signal.INPUT_EFFECT)).isCloseTo(0, within(1e-6));
        Map<Signal, Double> both = translated(targets, from, to);
        try (TensorScope scope = TensorScope.open()) {
            TranslatorProbe.compare(new float[inputs.length], from, to, both);
        }
        assertThat(both.get(Signal.DETAIL))
                .as("the worse of two, which is grey")
                .isZero();
    }

    private static Map<Signal, Double> translated(float[] output, TranslatorProbe.Side from, TranslatorProbe.Side to) {
        Map<Signal, Double> values = new EnumMap<>(Signal.class);
        try (TensorScope scope = TensorScope.open()) {
            TranslatorProbe.compare(output, from, to, values);
        }
        return values;
    }
}
