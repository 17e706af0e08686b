package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.exactly;
import static org.saddlepoint.lab.Bound.infinite;
import static org.saddlepoint.lab.Bound.near;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private final Claims claims = new Claims("Author 2000, section 1");

    private Claim last() {
        List<Claim> all = claims.all();
        return all.get(all.size() - 1);
    }

    @Test
    void aClaimHoldsWithinItsBound() {
        assertThat(near(1, 0.25).holds(1.25)).isTrue();
        assertThat(near(1, 0.25).holds(0.74)).isFalse();
        assertThat(atMost(1).holds(1)).isTrue();
        assertThat(atMost(1).holds(1.01)).isFalse();
        assertThat(atMost(1, 0.02).holds(1.01)).isTrue();
        assertThat(atLeast(1).holds(0.99)).isFalse();
        assertThat(atLeast(1, 0.02).holds(0.99)).isTrue();
        assertThat(exactly(1).holds(1)).isTrue();
        assertThat(exactly(1).holds(Math.nextUp(1.0))).isFalse();
        assertThat(infinite().holds(Double.POSITIVE_INFINITY)).isTrue();
        assertThat(infinite().holds(Double.MAX_VALUE)).isFalse();
        for (Bound bound : List.of(near(0, 1), atMost(0), atLeast(0), infinite())) {
            assertThat(bound.holds(Double.NaN)).as("%s of NaN", bound).isFalse();
        }
    }

    @Test
    void aClaimHasItsOwnSourceOrThatOfAll() {
        claims.that("slope", "the slope is 1").is(1, exactly(1));
        assertThat(last()).isEqualTo(new Claim("slope", "the slope is 1", "Author 2000, section 1", exactly(1), 1));
        claims.that("height", "the height is 2", "Other 2001").is(3, exactly(2));
        assertThat(last().source()).isEqualTo("Other 2001");
        assertThat(last().holds()).isFalse();
    }

    @Test
    void aClaimMayBeOfTheWorstOfManyNumbers() {
        claims.that("largest", "none is above 2").ofLargest(DoubleStream.of(1, 3, 2), atMost(2));
        assertThat(last().measured()).isEqualTo(3);
        claims.that("farthest", "all are 2").ofFarthest(DoubleStream.of(1.5, 2, 2.25), near(2, 0.5));
        assertThat(last().measured()).isEqualTo(1.5);
        claims.that("falls", "it falls").falls(new double[] {3, 1, 1.5, 0}, 0.1);
        assertThat(last().measured()).isEqualTo(0.5);
        assertThat(last().holds()).isFalse();
        claims.that("none", "nothing is claimed of nothing").ofLargest(DoubleStream.empty(), atMost(1));
        assertThat(last().holds()).isFalse();
    }

    @Test
    void idsAreUniqueAndOfOneForm() {
        claims.that("w-at-0.5", "once").is(1, exactly(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> claims.that("w-at-0.5", "twice").is(1, exactly(1)))
                .withMessage("two claims have the id w-at-0.5");
        for (String id : List.of("", "W", "a b", "a--b", "-a", "θ")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> claims.that(id, "malformed").is(1, exactly(1)))
                    .withMessageContaining("id must be of lower-case words");
        }
    }

    @Test
    void boundsAreNumbers() {
        assertThatIllegalArgumentException().isThrownBy(() -> near(1, -1)).withMessageContaining("tolerance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atMost(Double.NaN))
                .withMessageContaining("expected");
    }
}
