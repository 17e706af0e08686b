package org.saddlepoint.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.saddlepoint.input.Require;

/**
 * Dirac-GAN, the smallest GAN: the data is the point 0, the generator the point θ, the discriminator a line with slope ψ,
 * and each training method a vector field in the plane with its equilibrium at 0.
 *
 * <p>In the paper D(x) = ψx is high for generated samples; with logits that are high for data, D(x) = −ψx. Then
 *
 * <pre>
 * θ′ = −∂L_G/∂θ,   ψ′ = −∂L_D/∂ψ − (the regularization's part)
 * </pre>
 *
 * <p>Source: Mescheder et al. (2018), "Which Training Methods for GANs do actually Converge?", section 2.
 *
 * @param game the losses
 * @param regularization what should keep D from rotating around the equilibrium
 */
public record DiracGan(Game game, Regularization regularization) {
    /** The original game, minimax: cycles, and spirals out in simultaneous steps. */
    public static final DiracGan GAN = new DiracGan(Game.MINIMAX, new Regularization.None());

    /** The game with the non-saturating loss of G: approaches the equilibrium ever more slowly. */
    public static final DiracGan NON_SATURATING = new DiracGan(Game.NON_SATURATING, new Regularization.None());

    /** The losses by their derivatives with respect to the generated sample's logit l. */
    public enum Game {
        /** L_G = log(1 − sigmoid(l)), L_D = softplus(l) + …: Goodfellow et al. (2014). */
        MINIMAX {
            @Override
            double generatorSlope(double logit) {
                return -sigmoid(logit);
            }

            @Override
            double discriminatorSlope(double logit) {
                return sigmoid(logit);
            }
        },

        /** L_G = softplus(−l), with the same L_D. */
        NON_SATURATING {
            @Override
            double generatorSlope(double logit) {
                return -sigmoid(-logit);
            }

            @Override
            double discriminatorSlope(double logit) {
                return sigmoid(logit);
            }
        },

        /** L_G = −l, L_D = l − …: Arjovsky et al. (2017). */
        WASSERSTEIN {
            @Override
            double generatorSlope(double logit) {
                return -1;
            }

            @Override
            double discriminatorSlope(double logit) {
                return 1;
            }
        },

        /** L_G = −l, L_D = max(0, 1 + l) + …. */
        HINGE {
            @Override
            double generatorSlope(double logit) {
                return -1;
            }

            @Override
            double discriminatorSlope(double logit) {
                return logit > -1 ? 1 : 0;
            }
        };

        /** ∂L_G/∂l. */
        abstract double generatorSlope(double logit);

        /** ∂L_D/∂l. The data's logit is 0 whatever ψ, so that its part does not move ψ. */
        abstract double discriminatorSlope(double logit);

        private static double sigmoid(double t) {
            return 1 / (1 + Math.exp(-t));
        }
    }

    /** What is added to the game; by itself it changes nothing. */
    public sealed interface Regularization {
        /** The vector field of the regularized game. */
        default State field(Game game, State at) {
            double logit = -at.psi() * at.theta();
            double ofPsi = at.theta() * game.discriminatorSlope(logit) - penaltySlope(at.psi());
            return new State(at.psi() * game.generatorSlope(logit), ofPsi);
        }

        /** The derivative in ψ of what is added to L_D. */
        default double penaltySlope(double psi) {
            return 0;
        }

        /** Where a step of D that ended at ψ is moved to. */
        default double projected(double psi) {
            return psi;
        }

        /** −∂ψ′/∂ψ at the equilibrium; empty where the field jumps at ψ = 0. */
        default OptionalDouble damping() {
            return OptionalDouble.of(0);
        }

        /** No regularization. */
        record None() implements Regularization {}

        /**
         * R1 or R2, which coincide here: L_D + γ/2 ψ², so ψ′ − γψ.
         *
         * @param gamma γ, &gt; 0
         */
        record R1(double gamma) implements Regularization {
            /** Checks that the numbers are positive. */
            public R1 {
                Require.positive("gamma", gamma);
            }

            @Override
            public double penaltySlope(double psi) {
                return gamma * psi;
            }

            @Override
            public OptionalDouble damping() {
                return OptionalDouble.of(gamma);
            }
        }

        /**
         * The gradient penalty of WGAN-GP: L_D + λ/2 (|ψ| − g₀)², so ψ′ − λ(|ψ| − g₀) sign ψ. The paper of WGAN-GP has no ½: its λ is half of
         * this one.
         *
         * @param lambda λ, &gt; 0
         * @param target g₀, the norm wanted, &gt; 0
         */
        record GradientPenalty(double lambda, double target) implements Regularization {
            /** Checks that the numbers are positive. */
            public GradientPenalty {
                Require.positive("lambda", lambda);
                Require.positive("target", target);
            }

            @Override
            public double penaltySlope(double psi) {
                return lambda * (Math.abs(psi) - target) * Math.signum(psi);
            }

            @Override
            public OptionalDouble damping() {
                return OptionalDouble.empty();
            }
        }

        /**
         * Weight clipping as in WGAN: after each step of D, ψ is clipped to [−c, c].
         *
         * @param bound c, &gt; 0
         */
        record Clipping(double bound) implements Regularization {
            /** Checks that the numbers are positive. */
            public Clipping {
                Require.positive("bound", bound);
            }

            @Override
            public double projected(double psi) {
                return Math.max(-bound, Math.min(bound, psi));
            }
        }

        /** D/(|∇D| + |D|), which is −sign(ψ) x/(1 + |x|): the size of ψ is gone, and D has nothing to learn. */
        record GradientNormalization() implements Regularization {
            @Override
            public State field(Game game, State at) {
                double sign = Math.signum(at.psi());
                double size = 1 + Math.abs(at.theta());
                double slope = -sign / (size * size);
                return new State(-game.generatorSlope(-sign * at.theta() / size) * slope, 0);
            }

            @Override
            public OptionalDouble damping() {
                return OptionalDouble.empty();
            }
        }
    }

    /**
     * A point of the plane, or a vector of the field.
     *
     * @param theta θ, the generator's point
     * @param psi ψ, the discriminator's slope
     */
    public record State(double theta, double psi) {
        /** √(θ² + ψ²), the distance from the equilibrium. */
        public double radius() {
            return Math.hypot(theta, psi);
        }
    }

    /** The vector field (θ′, ψ′); clipping is no part of it, it comes after a step. At ψ = 0 the sign of ψ counts 0. */
    public State field(State at) {
        return regularization.field(game, at);
    }

    /** One simultaneous step of gradient descent: both players move from where both are, by h. */
    public State simultaneous(State at, double stepSize) {
        State field = field(at);
        return new State(
                at.theta() + stepSize * field.theta(), regularization.projected(at.psi() + stepSize * field.psi()));
    }

    /**
     * One alternating step: G moves once, then D, which sees the moved G.
     *
     * @param discriminatorSteps how often D moves, at least 1
     * @throws IllegalArgumentException if discriminatorSteps is below 1
     */
    public State alternating(State at, double stepSize, int discriminatorSteps) {
        Require.atLeast(1, "discriminatorSteps", discriminatorSteps);
        State now = new State(at.theta() + stepSize * field(at).theta(), at.psi());
        for (int step = 0; step < discriminatorSteps; step++) {
            now = new State(
                    now.theta(),
                    regularization.projected(now.psi() + stepSize * field(now).psi()));
        }
        return now;
    }

    /**
     * The trajectory of repeated steps.
     *
     * @param step such as {@code at -> gan.simultaneous(at, 0.2)}
     * @param steps how many, at least 0
     * @return steps + 1 states, from the start on
     * @throws IllegalArgumentException if steps is negative
     */
    public static List<State> trajectory(State start, UnaryOperator<State> step, int steps) {
        Require.atLeast(0, "steps", steps);
        List<State> states = new ArrayList<>(List.of(start));
        for (int i = 0; i < steps; i++) {
            states.add(step.apply(states.get(i)));
        }
        return states;
    }

    /**
     * The field's Jacobian at the equilibrium 0, with f′(0) = ½ for the logarithmic games and 1 for the others.
     *
     * <pre>
     * [ 0      −f′(0) ]
     * [ f′(0)  −γ     ]        eigenvalues −γ/2 ± √(γ²/4 − f′(0)²); γ = 0 without R1
     * </pre>
     *
     * @return empty where the field jumps at ψ = 0, under a gradient penalty with a target or gradient normalization
     */
    public Optional<PlanarMap> jacobianAtEquilibrium() {
        OptionalDouble gamma = regularization.damping();
        return gamma.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PlanarMap(0, game.generatorSlope(0), game.discriminatorSlope(0), -gamma.getAsDouble()));
    }

    /** The linear part of {@link #simultaneous} at the equilibrium, 1 + hJ; empty where there is no Jacobian. */
    public Optional<PlanarMap> simultaneousAtEquilibrium(double stepSize) {
        return jacobianAtEquilibrium()
                .map(j ->
                        new PlanarMap(1 + stepSize * j.a(), stepSize * j.b(), stepSize * j.c(), 1 + stepSize * j.d()));
    }

    /**
     * The linear part of {@link #alternating} at the equilibrium; empty where there is no Jacobian.
     *
     * @throws IllegalArgumentException if discriminatorSteps is below 1
     */
    public Optional<PlanarMap> alternatingAtEquilibrium(double stepSize, int discriminatorSteps) {
        Require.atLeast(1, "discriminatorSteps", discriminatorSteps);
        return jacobianAtEquilibrium().map(j -> {
            PlanarMap map = new PlanarMap(1 + stepSize * j.a(), stepSize * j.b(), 0, 1);
            for (int step = 0; step < discriminatorSteps; step++) {
                map = new PlanarMap(1, 0, stepSize * j.c(), 1 + stepSize * j.d()).after(map);
            }
            return map;
        });
    }
}
