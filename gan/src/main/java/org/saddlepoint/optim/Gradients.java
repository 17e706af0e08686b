package org.saddlepoint.optim;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.input.Require;

/**
 * How an optimizer processes gradients before a step: it first accumulates those of several updates, then clips their mean.
 *
 * @param clip bound of the global norm, see {@link ClipNorm}; 0 for no clipping
 * @param accumulate number of updates whose mean gradient makes one step, at least 1, see {@link GradientAccumulation}; 1 for
 *     a step in each update
 */
public record Gradients(double clip, int accumulate) {
    /** Gradients are used unchanged. */
    public static final Gradients AS_THEY_ARE = new Gradients(0, 1);

    /** @throws IllegalArgumentException when a number is out of range */
    public Gradients {
        Require.notNegative("clip", clip);
        Require.atLeast(1, "accumulate", accumulate);
    }

    /** The transforms in the order of their application; empty if gradients are used unchanged. */
    List<GradientTransform> transforms() {
        List<GradientTransform> transforms = new ArrayList<>();
        if (accumulate > 1) {
            transforms.add(new GradientAccumulation(accumulate));
        }
        if (clip > 0) {
            transforms.add(new ClipNorm(clip));
        }
        return transforms;
    }
}
