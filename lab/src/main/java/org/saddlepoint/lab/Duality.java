package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The two sides of Kantorovich's dual problem: the gap between two sets of points, and the steepest slope. */
final class Duality {
    private Duality() {}

    /** E_P[f] − E_Q[f], on these points of P and Q. */
    static double gap(ToDoubleFunction<double[]> f, double[][] p, double[][] q) {
        return Arrays.stream(p).mapToDouble(f).average().orElseThrow()
                - Arrays.stream(q).mapToDouble(f).average().orElseThrow();
    }

    /** max |f(x) − f(y)| / ‖x − y‖ over all pairs of different points of both sets. */
    static double steepest(ToDoubleFunction<double[]> f, double[][] p, double[][] q) {
        List<double[]> all = new ArrayList<>(List.of(p));
        all.addAll(List.of(q));
        double[] values = all.stream().mapToDouble(f).toArray();
        double steepest = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < i; j++) {
                double apart = Plane.norm(Plane.minus(all.get(i), all.get(j)));
                if (apart > 0) {
                    steepest = Math.max(steepest, Math.abs(values[i] - values[j]) / apart);
                }
            }
        }
        return steepest;
    }
}
