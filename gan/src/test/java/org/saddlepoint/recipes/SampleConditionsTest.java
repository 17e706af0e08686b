package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.Subset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.LatentSource;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;

@ExtendWith(LeakCheck.class)
class SampleConditionsTest {
    private static final Dataset DIGITS = EmbeddedDatasets.digits(ImageFormat.AS_STORED);
    private static final List<String> REVERSED = List.of("9", "8", "7", "6", "5", "4", "3", "2", "1", "0");

    /** Three quarters sevens, one quarter ones. */
    private static final Dataset UNEVEN = new Subset(
            DIGITS, "uneven", IntStream.concat(ofClass(7).limit(300), ofClass(1).limit(100)));

    private static IntStream ofClass(int label) {
        return IntStream.range(0, DIGITS.size()).filter(i -> DIGITS.label(i).orElseThrow() == label);
    }

    private static long[] counts(LatentSource.Conditions conditions, int classes, int samples) {
        long[] counts = new long[classes];
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Conditioning asked = conditions.drawing().apply(samples, random);
            for (long label : ((Conditioning.Labels) asked).classes().toLongArray()) {
                counts[(int) label]++;
            }
        }
        return counts;
    }

    @Test
    void labelsAreDrawnAsInTheDataByName() {
        LatentSource.Conditions conditions = SampleConditions.of(ConditionShape.Classes.of(10), REVERSED, UNEVEN);
        long[] counts = counts(conditions, 10, 4000);
        // five standard deviations of a binomial of 4,000 and 3/4
        assertThat(counts[2]).as("7").isBetween(2863L, 3137L);
        assertThat(counts[8]).as("1").isEqualTo(4000 - counts[2]);
        assertThat(conditions.labels()).isEqualTo("drawn as in the data");
        assertThat(conditions.classNames()).isEqualTo(REVERSED);
    }

    @Test
    void classesThatTheDataDoesNotHaveAreDrawnEquallyOften() {
        LatentSource.Conditions conditions =
                SampleConditions.of(ConditionShape.Classes.of(2), List.of("cat", "dog"), UNEVEN);
        long[] counts = counts(conditions, 2, 4000);
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 1842 && count < 2158);
        assertThat(conditions.labels()).isEqualTo("drawn equally often");
    }

    @Test
    void clustersAreDrawnByTheirSizesAndAreNoKnownClasses() {
        LatentSource.Conditions conditions = SampleConditions.ofClusters(List.of(300, 99, 1));
        long[] counts = counts(conditions, 3, 4000);
        // five standard deviations of binomials of 4,000 and 3/4, and 1/400
        assertThat(counts[0]).isBetween(2863L, 3137L);
        assertThat(counts[2]).isBetween(1L, 26L);
        assertThat(conditions.classNames()).isEmpty();
        assertThat(counts(SampleConditions.ofClusters(List.of(1)), 1, 7)).containsExactly(7);
    }

    @Test
    void unconditionalGeneratorsAreAskedForNothing() {
        assertThat(SampleConditions.of(ConditionShape.none(), List.of(), UNEVEN))
                .isEqualTo(LatentSource.Conditions.NONE);
    }

    @Test
    void whatTheDataDoesNotTellIsRefused() {
        Dataset points = PointDataset.of("points", new PointShape(2), new float[4]);
        assertThatThrownBy(() -> SampleConditions.of(new ConditionShape.Vector(3), List.of(), points))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("takes vectors of 3 numbers but points has 0");
        assertThatThrownBy(() -> SampleConditions.of(ConditionShape.Classes.of(3), List.of("a"), points))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("3 classes but the run names 1");
    }
}
