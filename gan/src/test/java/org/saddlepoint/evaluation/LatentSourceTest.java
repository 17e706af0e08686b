package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.models.Latent;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.TensorScope;

@ExtendWith(LeakCheck.class)
class LatentSourceTest {
    private static final Latent LATENT = new Latent(16, Latent.Distribution.NORMAL);

    /** What samples of these batches are: the first number of each latent, and the labels; negative ones are passed over. */
    private static List<Number> drawn(LatentSource.Conditions conditions, int... batches) {
        List<Number> all = new ArrayList<>();
        try (TensorScope scope = TensorScope.open();
                LatentSource source = new LatentSource(
                        new LatentSource.Generator("z", new int[] {16}, "last", LATENT, conditions, (z, y) -> z), 5)) {
            for (int batch : batches) {
                if (batch < 0) {
                    source.skip(-batch);
                    continue;
                }
                SampleSource.Drawn drawn = source.next(batch);
                double[] values = drawn.samples().toDoubleArray();
                for (int i = 0; i < batch; i++) {
                    all.add(values[16 * i]);
                }
                all.addAll(drawn.labels());
            }
        }
        all.sort((a, b) -> Double.compare(a.doubleValue(), b.doubleValue()));
        return all;
    }

    @Test
    void latentsAndLabelsDoNotDependOnTheBatches() {
        LatentSource.Conditions labels = new LatentSource.Conditions(
                List.of("a", "b", "c"), "any", (count, random) -> new Conditioning.Labels(random.integers(3, count)));
        assertThat(drawn(labels, 10)).isEqualTo(drawn(labels, 3, 7)).hasSize(20);
    }

    @Test
    void whatIsPassedOverIsAsIfItHadBeenDrawn() {
        LatentSource.Conditions labels = new LatentSource.Conditions(
                List.of("a", "b", "c"), "any", (count, random) -> new Conditioning.Labels(random.integers(3, count)));
        List<Number> both = new ArrayList<>(drawn(labels, 4, -6));
        both.addAll(drawn(labels, -4, 6));
        both.sort((a, b) -> Double.compare(a.doubleValue(), b.doubleValue()));
        assertThat(both).isEqualTo(drawn(labels, 10));
    }

    @Test
    void labelsLeaveTheLatentsAsTheyWere() {
        LatentSource.Conditions labels = new LatentSource.Conditions(
                List.of("a"), "any", (count, random) -> new Conditioning.Labels(random.integers(1, count)));
        assertThat(drawn(labels, 6)).containsAll(drawn(LatentSource.Conditions.NONE, 6));
        assertThat(drawn(LatentSource.Conditions.NONE, 6)).hasSize(6);
    }
}
