package org.saddlepoint.views;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.input.Require;
import org.saddlepoint.nn.Memory;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/**
 * Adaptive discriminator augmentation (ADA; Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data",
 * sections 2 and 3, appendix B): all that D sees is changed at random, each change of each image with probability p, and p follows
 * how much D overfits.
 *
 * <pre>
 * pixels    mirrored (half of the time); turned by 90°, 180° or 270°; moved by whole pixels
 * geometry  scaled; turned; stretched; turned again; moved         see {@link RandomWarp}
 * color     brightness, contrast, luma flip, hue, saturation       see {@link RandomColours}
 *
 * r = E[sign D(real)] since the last change of p
 * p ← p + sign(r − target) · (real images since then) / images,   cut to [0, most]
 * </pre>
 *
 * <p>At p = 0 samples are left as they are. The probability is kept, and saved.
 *
 * @param pixels whether pixels are moved as they are
 * @param geometry whether images are warped
 * @param color whether colours change
 * @param start p at first, in [0, most]
 * @param target r that p aims at, in [−1, 1]; 0.6 in the paper
 * @param every updates of D from one change of p to the next, at least 1; 4 in the paper
 * @param images real images in which p rises from 0 to 1, at least 0; 500,000 in the paper; 0 for a p that does not change
 * @param most the largest p, in [0, 1]; the authors' code has no bound, and p may pass 1, where nothing more changes
 */
public record AdaptiveAugmentation(
        boolean pixels,
        boolean geometry,
        boolean color,
        double start,
        double target,
        int every,
        long images,
        double most)
        implements View {
    private static final String PROBABILITY = "p";
    private static final String OVERFITTING = "r";
    private static final String SIGNS = "signs";
    private static final String LOGITS = "logits";
    private static final String UPDATES = "updates";

    /** @throws IllegalArgumentException without a change, or with a setting out of its bounds */
    public AdaptiveAugmentation {
        if (!pixels && !geometry && !color) {
            throw new IllegalArgumentException("pixels, geometry and color were all false, so the view would change"
                    + " nothing; set one to true or leave the view out");
        }
        Require.within(0, 1, "most", most);
        Require.within(0, most, "start", start);
        Require.within(-1, 1, "target", target);
        Require.atLeast(1, "every", every);
        Require.atLeast(0, "images", images);
    }

    /** All changes, always with this probability. */
    public static AdaptiveAugmentation fixed(double probability) {
        return new AdaptiveAugmentation(true, true, true, probability, 0.6, 4, 0, 1);
    }

    @Override
    public void requireSample(Shape sample) {
        if (sample.rank() != 3 || sample.size(1) != sample.size(2)) {
            throw new IllegalArgumentException("adaptive augmentation turns square images [C, S, S] but the data is "
                    + sample + "; leave the view out");
        }
    }

    @Override
    public List<String> idle(Shape sample) {
        List<String> idle = new ArrayList<>();
        if (color && sample.rank() == 3 && sample.size(0) == 1) {
            idle.add("grey images have no hue and no saturation to change");
        }
        return idle;
    }

    @Override
    public Tensor apply(Tensor samples, Sight sight) {
        double p = sight.memory().get(PROBABILITY, start);
        if (p == 0) {
            return samples;
        }
        try (TensorScope scratch = TensorScope.open()) {
            Chances chances = new Chances(p, samples.size(0), sight.random());
            Tensor seen = pixels ? RandomMoves.apply(samples, chances) : samples;
            seen = geometry ? RandomWarp.apply(seen, chances) : seen;
            return scratch.promote(color ? RandomColours.apply(seen, chances) : seen);
        }
    }

    @Override
    public void observe(Tensor realLogits, Sight sight) {
        Memory memory = sight.memory();
        double count = memory.examplesOfBatch(realLogits.size(0));
        double signs = memory.get(SIGNS, 0)
                + memory.meanOverBatch(realLogits.sign().mean().item()) * count;
        double logits = memory.get(LOGITS, 0) + count;
        double updates = memory.get(UPDATES, 0) + 1;
        if (updates == every) {
            double r = signs / logits;
            double p = memory.get(PROBABILITY, start);
            if (images > 0) {
                p = Math.min(most, Math.max(0, p + Math.signum(r - target) * logits / images));
            }
            memory.set(PROBABILITY, p);
            memory.set(OVERFITTING, r);
            signs = 0;
            logits = 0;
            updates = 0;
        }
        memory.set(SIGNS, signs);
        memory.set(LOGITS, logits);
        memory.set(UPDATES, updates);
    }

    /** The probability, and the overfitting r that it was last changed by. */
    @Override
    public Map<String, Double> measures(Memory memory) {
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put(PROBABILITY, memory.get(PROBABILITY, start));
        double r = memory.get(OVERFITTING, Double.NaN);
        if (!Double.isNaN(r)) {
            measures.put(OVERFITTING, r);
        }
        return measures;
    }
}
