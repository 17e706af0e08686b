package org.saddlepoint.data.synthetic;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SplitMix;
import org.saddlepoint.input.Require;

/**
 * {@code stacked-digits}: three embedded digits, drawn independently, as the channels of a picture, so that a generator has 1,000
 * kinds to find (Metz, Poole, Pfau and Sohl-Dickstein 2017, "Unrolled Generative Adversarial Networks", section 3.3.1, with MNIST). It has
 * no labels: that no kind is missing is what is measured.
 */
public final class StackedDigits implements Dataset {
    /** What the data, and the extractor that tells its kinds apart, are called. */
    public static final String NAME = "stacked-digits";

    /** Digits of a picture. */
    public static final int CHANNELS = 3;

    private final Dataset digits;
    private final int[] chosen;
    private final long seed;
    private final int plane;

    /**
     * Draws the digits of each picture.
     *
     * @param digits grey pictures, owned from now on
     * @param count of pictures, at least 1
     */
    public StackedDigits(Dataset digits, int count, long seed) {
        Require.atLeast(1, "count", count);
        this.digits = digits;
        this.seed = seed;
        plane = digits.shape().elements();
        SplitMix random = new SplitMix(seed);
        chosen = new int[Math.multiplyExact(count, CHANNELS)];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = random.nextInt(digits.size());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int size() {
        return chosen.length / CHANNELS;
    }

    @Override
    public ExampleShape shape() {
        ImageShape one = digits.shape().images().get(0);
        return new ImageShape(CHANNELS, one.height(), one.width());
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        Objects.checkIndex(index, size());
        for (int channel = 0; channel < CHANNELS; channel++) {
            digits.read(chosen[CHANNELS * index + channel], target, offset + channel * plane);
        }
    }

    @Override
    public OptionalInt label(int index) {
        Objects.checkIndex(index, size());
        return OptionalInt.empty();
    }

    @Override
    public List<String> classNames() {
        return List.of();
    }

    /** Covers the digits' fingerprint, the number of pictures and the seed. */
    @Override
    public String fingerprint() {
        return new Digest()
                .add(NAME)
                .add(digits.fingerprint())
                .add(size())
                .add(seed)
                .hex();
    }

    @Override
    public List<Skipped> skipped() {
        return digits.skipped();
    }

    @Override
    public void close() {
        digits.close();
    }
}
