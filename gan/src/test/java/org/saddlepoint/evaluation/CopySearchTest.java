package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.OneThread;

@ExtendWith({LeakCheck.class, OneThread.class})
class CopySearchTest {
    private static final int COUNT = 200;
    private static final int PIXELS = 28 * 28;
    private static final Dataset TRAINING = TestImages.digits(0, 1, COUNT);

    private static float[] pictures(Dataset data) throws DamagedExampleException {
        float[] pictures = new float[data.size() * PIXELS];
        for (int i = 0; i < data.size(); i++) {
            data.read(i, pictures, i * PIXELS);
        }
        return pictures;
    }

    private static CopySearch.Found search(float[] pictures, PictureFeatures features) {
        RealPictures training = new RealPictures(TRAINING, 1, 28, 28);
        return new CopySearch(training, pictures, pictures.length / PIXELS)
                .search(features, 3, 1, ProgressListener.NONE);
    }

    @Test
    void copiesAreFoundAndOtherDigitsAreNone() throws DamagedExampleException {
        float[] unseen = pictures(TestImages.digits(5000, 1, COUNT));
        CopySearch.Found fresh = search(unseen, PictureFeatures.pixels());
        assertThat(fresh.features()).isEqualTo("pixels");
        assertThat(fresh.copying().closer()).isBetween(0.4, 0.6);
        assertThat(Math.abs(fresh.copying().z())).isLessThan(3);
        assertThat(fresh.copying().copies())
                .as("as many as among training pictures")
                .isLessThan(0.1);
        assertThat(fresh.copying().expected()).isLessThan(0.1);

        float[] planted = unseen.clone();
        float[] training = pictures(TRAINING);
        for (int i = 0; i < 50; i++) {
            for (int p = 0; p < PIXELS; p++) { // a little darker, as a network would copy it
                planted[i * PIXELS + p] = 0.98f * training[(i + 7) * PIXELS + p] - 0.02f;
            }
        }
        CopySearch.Found quarter = search(planted, PictureFeatures.pixels());
        assertThat(quarter.copying().copies()).isBetween(0.25, 0.3);
        assertThat(quarter.copying().closer()).isGreaterThan(0.55);
        // A quarter of the samples rises from about ½ to 1, which is an eighth more; z is 34.6 times closer − ½ at 200.
        assertThat(quarter.copying().closer() - fresh.copying().closer()).isBetween(0.1, 0.15);
        assertThat(quarter.copying().z() - fresh.copying().z()).isBetween(3.4, 5.2);
        for (int i = 0; i < 50; i++) {
            assertThat(quarter.neighbours().get(i)).hasSize(3).startsWith(i + 7);
        }
        assertThat(quarter.mostAlike().subList(0, 50)).allMatch(sample -> sample < 50);
        assertThat(search(training, PictureFeatures.pixels()).copying().closer())
                .isEqualTo(1);
    }

    @Test
    void featuresFindShiftedCopiesThatPixelsMiss() throws DamagedExampleException {
        float[] training = pictures(TRAINING);
        float[] shifted = new float[20 * PIXELS];
        Arrays.fill(shifted, -1);
        for (int i = 0; i < 20; i++) {
            System.arraycopy(training, i * PIXELS, shifted, i * PIXELS + 28 * 2, PIXELS - 28 * 2); // two rows down
        }
        try (EmbeddedClassifier extractor = EmbeddedClassifier.open("digits", Resizing.CLEAN)) {
            int byFeatures = found(search(shifted, PictureFeatures.of(extractor)));
            assertThat(byFeatures).isGreaterThan(found(search(shifted, PictureFeatures.pixels())));
        }
    }

    private static int found(CopySearch.Found search) {
        int found = 0;
        for (int i = 0; i < 20; i++) {
            found += search.neighbours().get(i).get(0) == i ? 1 : 0;
        }
        return found;
    }

    @Test
    void digitsAreMoreRealisticThanNoise() throws DamagedExampleException {
        float[] pictures = pictures(TestImages.digits(6000, 1, 40));
        for (int p = 20 * PIXELS; p < pictures.length; p++) {
            pictures[p] = (float) Math.sin(p * 12.9898);
        }
        double[] scores = new RealPictures(TRAINING, 1, 28, 28)
                .realism(pictures, 40, PictureFeatures.pixels(), 1, ProgressListener.NONE);
        double worstDigit = Arrays.stream(scores, 0, 20).min().orElseThrow();
        double bestNoise = Arrays.stream(scores, 20, 40).max().orElseThrow();
        assertThat(worstDigit).isGreaterThan(bestNoise);
    }

    @Test
    void largePicturesAreComparedAtASmallSize() {
        try (TensorScope scope = TensorScope.open()) {
            Tensor grey = Tensors.full(0.5, DType.FLOAT32, 2, 3, 100, 50);
            Tensor features = PictureFeatures.pixels().of(grey);
            assertThat(features.shape().toArray()).containsExactly(2, 3 * 32 * 32);
            assertThat(features.min().item()).isCloseTo(191, within(0.01));
        }
    }

    @Test
    void wrongShapesFewPicturesAndNanAreRefused() {
        assertThatThrownBy(() -> new RealPictures(TRAINING, 3, 28, 28))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("[3, 28, 28]");
        float[] nan = new float[PIXELS];
        nan[5] = Float.NaN;
        assertThatThrownBy(() -> search(nan, PictureFeatures.pixels()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("NaN");
        RealPictures few = new RealPictures(TestImages.digits(0, 1, 9), 1, 28, 28);
        assertThatThrownBy(() -> new CopySearch(few, new float[PIXELS], 1)
                        .search(PictureFeatures.pixels(), 3, 1, ProgressListener.NONE))
                .hasMessageContaining("9 pictures that can be read but at least 10 are needed");
    }
}
