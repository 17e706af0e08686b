package org.saddlepoint.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.saddlepoint.metrics.DensityCoverage;
import org.saddlepoint.metrics.PrecisionRecall;
import org.saddlepoint.tensor.Tensor;

/**
 * {@link PrecisionRecall} and {@link DensityCoverage}. Error: of shares, binomial; of density, the deviation over groups of
 * generated images.
 */
final class PrdcMetric implements Metric {
    @Override
    public String word() {
        return "prdc";
    }

    @Override
    public List<Quantity> quantities() {
        return List.of(
                Quantity.larger("precision"),
                Quantity.larger("recall"),
                Quantity.larger("density"),
                Quantity.larger("coverage"));
    }

    @Override
    public int minimum() {
        return 4 * StandardErrors.GROUPS;
    }

    @Override
    public String error() {
        return "binomial; of density, deviation over groups";
    }

    @Override
    public Set<Need> ofImages() {
        return Set.of(Need.VECTORS);
    }

    @Override
    public Map<String, Estimate> measure(Observations seen) {
        Tensor fake = seen.generatedVectors();
        Tensor real = seen.realVectors();
        int n = seen.generated();
        int m = Math.toIntExact(real.size(0));
        PrecisionRecall manifold = PrecisionRecall.of(fake, real, PrecisionRecall.NEIGHBOUR);
        DensityCoverage density = density(fake, real);
        double densityError = StandardErrors.overGroups(
                group -> density(StandardErrors.group(fake, group, n), real).density());
        Protocol.Counts shares = Protocol.Counts.of(n, m).nearest(PrecisionRecall.NEIGHBOUR);
        Protocol.Counts balls = Protocol.Counts.of(n, m).nearest(DensityCoverage.NEIGHBOUR);
        Map<String, Estimate> found = new LinkedHashMap<>();
        found.put("precision", share(seen, manifold.precision(), n, shares));
        found.put("recall", share(seen, manifold.recall(), m, shares));
        found.put("density", seen.estimate(this, density.density(), densityError, balls.in(StandardErrors.GROUPS)));
        found.put("coverage", share(seen, density.coverage(), m, balls));
        return found;
    }

    private static DensityCoverage density(Tensor fake, Tensor real) {
        return DensityCoverage.of(fake, real, DensityCoverage.NEIGHBOUR);
    }

    private Estimate share(Observations seen, double share, int of, Protocol.Counts counts) {
        return seen.estimate(this, share, StandardErrors.binomial(share, of), counts);
    }
}
