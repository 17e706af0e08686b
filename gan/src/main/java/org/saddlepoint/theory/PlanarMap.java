package org.saddlepoint.theory;

import java.util.List;

/**
 * A linear map of the plane, (θ, ψ) ↦ (aθ + bψ, cθ + dψ): a vector field or one step of an iteration near an equilibrium.
 *
 * @param a ∂θ′/∂θ
 * @param b ∂θ′/∂ψ
 * @param c ∂ψ′/∂θ
 * @param d ∂ψ′/∂ψ
 */
public record PlanarMap(double a, double b, double c, double d) {
    /** The identity map. */
    public static final PlanarMap IDENTITY = new PlanarMap(1, 0, 0, 1);

    private static final double NEUTRAL = 1e-12;

    /** The behaviour of an iterated map near its fixed point. */
    public enum Stability {
        /** Every eigenvalue is inside the unit circle: converges, at the rate of the largest. */
        STABLE,
        /** The largest eigenvalue is on the circle, up to 10⁻¹²: higher orders decide. */
        NEUTRAL,
        /** An eigenvalue is outside the unit circle: diverges. */
        UNSTABLE
    }

    /** The map that applies {@code first} and then this. */
    public PlanarMap after(PlanarMap first) {
        return new PlanarMap(
                a * first.a + b * first.c,
                a * first.b + b * first.d,
                c * first.a + d * first.c,
                c * first.b + d * first.d);
    }

    /** The two eigenvalues; of two real ones, the larger first, of two complex ones that with imaginary part &gt; 0. */
    public List<Complex> eigenvalues() {
        double half = (a + d) / 2;
        // (trace/2)² − determinant, in a form that does not cancel for nearly equal eigenvalues.
        double discriminant = (a - d) * (a - d) / 4 + b * c;
        double root = Math.sqrt(Math.abs(discriminant));
        return discriminant >= 0
                ? List.of(new Complex(half + root, 0), new Complex(half - root, 0))
                : List.of(new Complex(half, root), new Complex(half, -root));
    }

    /** The largest |λ|. */
    public double spectralRadius() {
        return eigenvalues().stream().mapToDouble(Complex::modulus).max().orElseThrow();
    }

    /** The behaviour of this map under iteration. */
    public Stability stability() {
        double excess = spectralRadius() - 1;
        if (Math.abs(excess) <= NEUTRAL) {
            return Stability.NEUTRAL;
        }
        return excess < 0 ? Stability.STABLE : Stability.UNSTABLE;
    }
}
