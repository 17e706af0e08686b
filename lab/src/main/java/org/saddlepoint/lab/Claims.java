package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The claims of an experiment, each said in two lines.
 *
 * <pre>{@code
 * Claims claims = new Claims("Arjovsky et al. 2017, example 1");
 * claims.that("js", "JS(P₀, P_θ) = log 2 for θ ≠ 0").is(js(p, q), near(Math.log(2), 1e-12));
 * }</pre>
 */
public final class Claims {
    private final String source;
    private final List<Claim> all = new ArrayList<>();

    /** No claims yet; the source is that of all that name none of their own. */
    public Claims(String source) {
        this.source = source;
    }

    /** A sentence from the source that these claims share. */
    public Statement that(String id, String statement) {
        return that(id, statement, source);
    }

    /** A sentence from another source. */
    public Statement that(String id, String statement, String of) {
        return new Statement(id, statement, of);
    }

    /** In the order in which they were made. */
    public List<Claim> all() {
        return List.copyOf(all);
    }

    /** A sentence that waits for its number. */
    public final class Statement {
        private final String id;
        private final String statement;
        private final String of;

        private Statement(String id, String statement, String of) {
            this.id = id;
            this.statement = statement;
            this.of = of;
        }

        /**
         * Claims that a measured number is as theory says.
         *
         * @throws IllegalArgumentException if the id is malformed or taken
         */
        public void is(double measured, Bound bound) {
            if (all.stream().anyMatch(claim -> claim.id().equals(id))) {
                throw new IllegalArgumentException("two claims have the id " + id);
            }
            all.add(new Claim(id, statement, of, bound, measured));
        }

        /** Claims it of the largest of these numbers; NaN if there is none, so that nothing is claimed of nothing. */
        public void ofLargest(DoubleStream measured, Bound bound) {
            is(measured.max().orElse(Double.NaN), bound);
        }

        /** Claims it of the one of these numbers that is farthest from what is expected; NaN if there is none. */
        public void ofFarthest(DoubleStream measured, Bound bound) {
            is(
                    measured.boxed()
                            .max(Comparator.comparingDouble(value -> Math.abs(value - bound.expected())))
                            .orElse(Double.NaN),
                    bound);
        }

        /** Claims that a series never rises: of its largest step up, that it is at most the tolerance. */
        public void falls(double[] series, double tolerance) {
            ofLargest(
                    IntStream.range(1, series.length).mapToDouble(i -> series[i] - series[i - 1]),
                    Bound.atMost(0, tolerance));
        }
    }
}
