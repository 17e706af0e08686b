package org.saddlepoint.evaluation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far pictures are from themselves when they were translated there and back, pixel by pixel. It says nothing of how good
 * translations are: the identity has none. Error: between pictures.
 */
final class CycleL1Metric implements Metric {
    @Override
    public String word() {
        return "cycle-l1";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(Quantity.smaller(TranslationDistances.CYCLE));
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
        return Set.of(Need.WAY_BACK);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        return seen.distances(this);
    }
}
