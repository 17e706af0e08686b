package org.saddlepoint.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is held out is never in the training, and always the same. */
class HeldOutTest {
    private static final Dataset RING = GaussianMixture.RING8.sample(2000, 1);

    private static List<String> examples(Dataset data) throws DamagedExampleException {
        List<String> all = new ArrayList<>();
        float[] values = new float[data.shape().elements()];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, values, 0);
            all.add(Arrays.toString(values));
        }
        return all;
    }

    @Test
    void bothPartsAreTheDataAndShareNothing() throws DamagedExampleException {
        HeldOut parts = HeldOut.of(RING, 0.05);
        Dataset heldOut = parts.heldOut().orElseThrow();
        assertThat(heldOut.size()).isEqualTo(100);
        assertThat(parts.training().size()).isEqualTo(1900);
        List<String> training = examples(parts.training());
        assertThat(training).doesNotContainAnyElementsOf(examples(heldOut));
        List<String> together = new ArrayList<>(training);
        together.addAll(examples(heldOut));
        assertThat(together).containsExactlyInAnyOrderElementsOf(examples(RING));
        assertThat(examples(HeldOut.of(RING, 0.05).heldOut().orElseThrow())).isEqualTo(examples(heldOut));
        assertThat(parts.training().mixture()).isEqualTo(RING.mixture());
    }

    @Test
    void ofFewExamplesNoneAreHeldOutAndOfManyFew() {
        assertThat(HeldOut.of(RING, 0).training()).isSameAs(RING);
        assertThat(HeldOut.of(RING, 0.03).heldOut()).as("60 would say nothing").isEmpty();
        assertThat(HeldOut.of(RING, 0.5).heldOut().orElseThrow().size()).isEqualTo(256);
        assertThatThrownBy(() -> HeldOut.of(RING, 0.6))
                .hasMessageContaining("share")
                .hasMessageContaining("0.6");
    }

    @Test
    void noClassIsLeftWithoutExamples() {
        Dataset rare = new Doubled(RING, true);
        Dataset training = HeldOut.of(rare, 0.1).training();
        assertThat(IntStream.range(0, training.size())
                        .filter(i -> training.label(i).orElse(0) == 1))
                .hasSize(4);
    }

    @Test
    void whatIsAugmentedStaysSoInTrainingAlone() throws DamagedExampleException {
        Dataset doubled = new Doubled(RING, false);
        HeldOut parts = HeldOut.of(doubled, 0.05);
        float[] plain = new float[2];
        float[] drawn = new float[2];
        for (Dataset part : List.of(parts.training(), parts.heldOut().orElseThrow())) {
            part.read(0, plain, 0);
            part.read(0, 7L, drawn, 0);
            float factor = part == parts.training() ? 7 : 1;
            assertThat(drawn).containsExactly(factor * plain[0], factor * plain[1]);
        }
    }

    /** Multiplies by the draw; a rare class has the first four examples, or there are none. */
    private record Doubled(Dataset plain, boolean rare) implements Dataset {
        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public int size() {
            return plain.size();
        }

        @Override
        public ExampleShape shape() {
            return plain.shape();
        }

        @Override
        public void read(int index, float[] target, int offset) throws DamagedExampleException {
            plain.read(index, target, offset);
        }

        @Override
        public void read(int index, long draw, float[] target, int offset) throws DamagedExampleException {
            plain.read(index, target, offset);
            for (int i = offset; i < offset + 2; i++) {
                target[i] *= draw;
            }
        }

        @Override
        public java.util.OptionalInt label(int index) {
            return rare ? java.util.OptionalInt.of(index < 4 ? 1 : 0) : java.util.OptionalInt.empty();
        }

        @Override
        public List<String> classNames() {
            return rare ? List.of("common", "rare") : List.of();
        }

        @Override
        public String fingerprint() {
            return plain.fingerprint();
        }

        @Override
        public List<Skipped> skipped() {
            return plain.skipped();
        }

        @Override
        public void close() {}
    }
}
