package org.saddlepoint.theory;

/**
 * A complex number, for eigenvalues.
 *
 * @param real its real part: in continuous time, how fast what it belongs to grows
 * @param imaginary its imaginary part: how fast it turns
 */
public record Complex(double real, double imaginary) {
    /** |λ|: by how much one step of an iteration stretches. */
    public double modulus() {
        return Math.hypot(real, imaginary);
    }
}
