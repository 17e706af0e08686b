package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.saddlepoint.theory.Divergences;

class PlaneCellsTest {
    @Test
    void pointsOfOneCellCountTogether() {
        double[] p = {0.1, 0.1, 0.9, 0.9, -0.1, 0.1, 2.5, 0.5};
        double[] q = {0.5, 0.5, -0.5, 0.5};
        PlaneCells cells = PlaneCells.count(p, q, 1);
        // p has 1/2, 1/4, 1/4 in three cells, q 1/2 in each of the first two.
        assertThat(cells.p()).containsExactlyInAnyOrder(0.5, 0.25, 0.25);
        assertThat(cells.q()).containsExactlyInAnyOrder(0.5, 0.5, 0);
        assertThat(Divergences.totalVariation(cells.p(), cells.q())).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void distancesGoFromEachToEach() {
        double[] from = {0, 0, 3, 4};
        double[] to = {0, 0, 0, 4};
        assertThat(PlanePoints.distances(from, to)).containsExactly(0, 4, 5, 3);
        assertThat(PlanePoints.meanDistance(from, to)).isEqualTo(1.5);
    }
}
