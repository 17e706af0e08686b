package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.run.RunException;

/** What planted faults do to data. */
class PlantedDataTest {
    private static final int SIZE = 200;

    /** The value of an example, which eight bits hold. */
    private static float value(int index) {
        return -1 + 2 * index / 255f;
    }

    /** Pictures of one pixel that tell their number, of two classes. */
    private static Dataset sound() {
        return ImagesInMemory.ofValues(
                        "sound",
                        IntStream.range(0, SIZE)
                                .mapToObj(i -> new float[] {value(i)})
                                .toList(),
                        new ImageShape(1, 1, 1),
                        ImageFormat.AS_STORED)
                .withLabels(IntStream.range(0, SIZE).mapToObj(i -> i % 2).toList(), List.of("even", "odd"));
    }

    private static float[] values(Dataset data) throws Exception {
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) {
            data.read(i, values, i);
        }
        return values;
    }

    private static int[] labels(Dataset data) {
        return IntStream.range(0, data.size())
                .map(i -> data.label(i).orElseThrow())
                .toArray();
    }

    @Test
    void fewAreSpreadOverTheDataAndCopiesAreOfItsFirstOnes() throws Exception {
        assertThat(values(PlantedData.of(sound(), "few:4")))
                .containsExactly(new float[] {value(0), value(50), value(100), value(150)}, within(1e-6f));
        float[] copies = values(PlantedData.of(sound(), "copies:16"));
        assertThat(copies).hasSize(SIZE);
        assertThat(IntStream.range(0, SIZE).mapToObj(i -> copies[i]).distinct()).hasSize(16);
    }

    @Test
    void oneClassIsNearlyAllAndShuffledLabelsSayNothing() {
        assertThat(Arrays.stream(labels(PlantedData.of(sound(), "one-class"))).sum())
                .as("every hundredth keeps its label, which is even")
                .isZero();
        int[] shuffled = labels(PlantedData.of(sound(), "shuffled-labels"));
        long right = IntStream.range(0, SIZE).filter(i -> shuffled[i] == i % 2).count();
        assertThat(right).isBetween(SIZE / 2L - 28, SIZE / 2L + 28); // four standard deviations
    }

    @Test
    void anAffineMapChangesValuesAndAnUnknownFaultIsNamed() throws Exception {
        assertThat(values(PlantedData.of(sound(), "affine:2,1"))[40]).isCloseTo(2 * value(40) + 1, within(1e-6f));
        assertThat(values(PlantedData.of(sound(), ""))[40]).isCloseTo(value(40), within(1e-6f));
        assertThat(PlantedData.of(sound(), "few:4").name()).isEqualTo("sound, few:4");
        assertThatThrownBy(() -> PlantedData.of(sound(), "fault"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("unknown fault \"fault\"; known are few:N");
    }
}
