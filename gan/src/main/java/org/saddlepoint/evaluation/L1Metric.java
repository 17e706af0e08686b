package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far translations are from their targets, pixel by pixel, beside what needs no learning: the picture itself, and the mean
 * colour of all targets. Distances are means of absolute differences, as the losses of training. Error: between pictures.
 */
final class L1Metric implements Metric {
    @Override
    public String word() {
        return "l1";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(
                Quantity.smaller(TranslationDistances.L1),
                Quantity.smaller(TranslationDistances.IDENTITY),
                Quantity.smaller(TranslationDistances.MEAN_COLOUR));
    }

    @Override
    public int minimum() {
        return 1;
    }

    @Override
    public String error() {
        return TranslationDistances.ERROR;
    }

    @Override
    public String settings() {
        return TranslationDistances.SETTINGS;
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.TARGETS);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        return seen.distances(this);
    }
}
