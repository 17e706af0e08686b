package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
import org.saddlepoint.theory.Complex;
import org.saddlepoint.theory.DiracGan;
import org.saddlepoint.theory.DiracGan.Game;
import org.saddlepoint.theory.DiracGan.Regularization;
import org.saddlepoint.theory.DiracGan.State;

/**
 * Which methods reach the equilibrium of the smallest GAN, {@link DiracGan} (Mescheder et al. 2018, "Which Training Methods
 * for GANs do actually Converge?"): seven of the paper, and gradient normalization.
 *
 * <pre>eigenvalues of the field at the equilibrium: −γ/2 ± √(γ²/4 − ¼), γ = 0 without R1</pre>
 *
 * @param stepSize h, the learning rate of both players
 * @param gamma γ of R1; γ = 1 is looked at anyway
 * @param steps of each training
 * @param minimax the original game
 * @param nonSaturating the same with the other loss of G
 * @param wasserstein the critic's game
 * @param r1 the penalty for a γ
 * @param clipping WGAN's
 * @param penalty WGAN-GP's
 * @param normalization GN's
 */
public record DiracGanMethods(
        @Setting("h, the learning rate of both players") double stepSize,
        @Setting("gamma, the weight of R1") double gamma,
        @Setting("steps of each training") int steps,
        AdversarialObjective minimax,
        AdversarialObjective nonSaturating,
        AdversarialObjective wasserstein,
        DoubleFunction<Constraint> r1,
        Constraint clipping,
        Constraint penalty,
        Constraint normalization)
        implements Experiment {

    /** WGAN-GP's weight, as theory writes it with a ½ that the constraint has not, and the norm that it wants. */
    private static final Regularization.GradientPenalty PENALTY = new Regularization.GradientPenalty(0.7, 1);

    private static final Regularization.Clipping CLIPPING = new Regularization.Clipping(1);

    static final DiracGanMethods DEFAULT = new DiracGanMethods(
            0.2,
            0.3,
            500,
            new MinimaxObjective(),
            new NonSaturatingObjective(),
            new WassersteinObjective(),
            GradientPenalty::r1,
            new WeightClipping(CLIPPING.bound()),
            GradientPenalty.wganGp(PENALTY.lambda() / 2),
            GradientNormalization.PAPER);

    /** γ from which on nothing turns: twice f′(0) = ½. */
    private static final double CRITICAL = 1;

    private static final State START = new State(1, 1);

    /** So near to the equilibrium that only the linear part counts, and how long it is looked at. */
    private static final State NEAR = new State(1e-4, 1e-4);

    private static final int NEAR_STEPS = 200;

    /** Steps that are drawn, for turns to be told apart. */
    private static final int DRAWN = 120;

    private static final String SOURCE = "Mescheder et al. 2018, section 2";
    private static final String RATES = "Mescheder et al. 2018, sections 2 and 4";

    private static final String EXPLANATION =
            """
            This is a GAN with two numbers. The data is one point, 0. The generator is one point, theta. The discriminator \
            is a line of slope psi, and it should end flat, since at the equilibrium the two points are the same. Every \
            method is then an arrow at each place of the plane (theta, psi), and training follows the arrows in steps. All \
            trainings here are real: they use the losses, penalties, gradients and optimizers that train large networks, \
            and they agree with the formulas of the theory to rounding.

            * *Without a penalty on the data's side* (top left) nothing arrives. The original GAN turns around the \
            equilibrium, and since steps are straight and circles are not, it turns outwards. The non-saturating loss \
            creeps inwards, ever slower. The Wasserstein GAN turns as well, and neither clipping nor its gradient penalty \
            helps: the penalty wants a slope of 1, and at the equilibrium the slope is 0.
            * *R1* (top right) asks the discriminator to be flat on the data. It acts like friction: the turning dies \
            out. With gamma = 1 there is just enough friction that nothing turns at all.
            * *Gradient normalization* divides the discriminator by its own slope. Of a line only the direction is left, \
            psi has nothing to learn, and theta runs past the data. (A line is the worst case. What saves real networks \
            is that they can bend.)

            Why this is so is seen at the equilibrium, where the arrows are a matrix. Its eigenvalues (bottom right) say how \
            fast things shrink (real part, below 0 is good) and turn (imaginary part). Without R1 the real part is 0. As \
            gamma grows the eigenvalues move to the left and meet at gamma = 1.
            """;

    public DiracGanMethods {
        Bounds.require("stepSize", stepSize, 0.1, 0.4);
        Bounds.require("gamma", gamma, 0.2, 2);
        Bounds.require("steps", steps, 300, 2000);
    }

    /** A method as theory has it, and what it is trained by. */
    private record Method(String name, DiracGan theory, AdversarialObjective objective, Constraint constraint) {}

    /**
     * What a method did.
     *
     * @param simultaneous where simultaneous steps led
     * @param error the largest distance to theory, over both kinds of steps, as a share of the distance from 0
     */
    private record Trained(Method method, List<State> simultaneous, double error) {
        State end() {
            return simultaneous.get(simultaneous.size() - 1);
        }

        /** By how much a step shrinks the distance from 0, on average from one step to another. */
        double rate(int from, int to) {
            double ratio =
                    simultaneous.get(to).radius() / simultaneous.get(from).radius();
            return Math.pow(ratio, 1.0 / (to - from));
        }
    }

    @Override
    public String name() {
        return "dirac-gan";
    }

    @Override
    public String title() {
        return "the smallest GAN: which methods reach the equilibrium, which turn around it";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<Method> methods = methods();
        List<Trained> trained = new ArrayList<>();
        for (Method method : methods) {
            laboratory.progress().done(method.name(), trained.size(), methods.size());
            trained.add(train(method));
        }
        return new Findings(claims(trained), figure(trained), EXPLANATION);
    }

    private List<Method> methods() {
        Constraint none = GradientPenalty.r1(0);
        return List.of(
                new Method("GAN", DiracGan.GAN, minimax, none),
                new Method("NSGAN", DiracGan.NON_SATURATING, nonSaturating, none),
                new Method("WGAN", new DiracGan(Game.WASSERSTEIN, CLIPPING), wasserstein, clipping),
                new Method("WGAN-GP", new DiracGan(Game.WASSERSTEIN, PENALTY), wasserstein, penalty),
                withR1("GAN + R1", Game.MINIMAX, gamma),
                withR1("GAN + critical R1", Game.MINIMAX, CRITICAL),
                withR1("NSGAN + R1", Game.NON_SATURATING, gamma),
                new Method(
                        "GN",
                        new DiracGan(Game.MINIMAX, new Regularization.GradientNormalization()),
                        minimax,
                        normalization));
    }

    private Method withR1(String name, Game game, double weight) {
        return new Method(
                name,
                new DiracGan(game, new Regularization.R1(weight)),
                game == Game.MINIMAX ? minimax : nonSaturating,
                r1.apply(weight));
    }

    private Trained train(Method method) {
        DiracGan theory = method.theory();
        List<State> simultaneous = trajectory(method, START, DiracGame::simultaneous, steps);
        List<State> alternating = trajectory(method, START, DiracGame::alternating, steps);
        double error = Math.max(
                error(simultaneous, at -> theory.simultaneous(at, stepSize)),
                error(alternating, at -> theory.alternating(at, stepSize, 1)));
        return new Trained(method, simultaneous, error);
    }

    private List<State> trajectory(Method method, State start, Consumer<DiracGame> step, int count) {
        try (DiracGame game = new DiracGame(method.objective(), method.constraint(), start, stepSize)) {
            return game.trajectory(step, count);
        }
    }

    private static double error(List<State> trained, UnaryOperator<State> step) {
        List<State> expected = DiracGan.trajectory(START, step, trained.size() - 1);
        return IntStream.range(0, trained.size())
                .mapToDouble(i -> Math.hypot(
                                trained.get(i).theta() - expected.get(i).theta(),
                                trained.get(i).psi() - expected.get(i).psi())
                        / expected.get(i).radius())
                .max()
                .orElseThrow();
    }

    private List<Claim> claims(List<Trained> trained) {
        List<Claim> claims = new ArrayList<>();
        for (Trained each : trained) {
            claims.add(Claim.equal(
                    each.method().name() + ": real training follows the vector field, largest relative distance",
                    SOURCE,
                    0,
                    each.error(),
                    1e-9));
        }
        eigenvalues(claims, trained.get(0).method(), 0);
        eigenvalues(claims, trained.get(4).method(), gamma);
        eigenvalues(claims, trained.get(5).method(), CRITICAL);
        rates(claims, trained);
        verdicts(claims, trained);
        return claims;
    }

    private void eigenvalues(List<Claim> claims, Method method, double weight) {
        Complex measured = eigenvalue(method);
        double discriminant = weight * weight / 4 - 0.25;
        claims.add(Claim.equal(
                method.name() + ": real part of the leading eigenvalue, -gamma/2 + sqrt(gamma^2/4 - 1/4)",
                RATES,
                -weight / 2 + Math.sqrt(Math.max(0, discriminant)),
                measured.real(),
                1e-9));
        claims.add(Claim.equal(
                method.name() + ": its imaginary part",
                RATES,
                Math.sqrt(Math.max(0, -discriminant)),
                measured.imaginary(),
                1e-9));
    }

    /** Of a Jacobian that automatic differentiation gives, the eigenvalue with the larger real, or imaginary, part. */
    private Complex eigenvalue(Method method) {
        try (DiracGame game = new DiracGame(method.objective(), method.constraint(), new State(0, 0), stepSize)) {
            return game.jacobian().eigenvalues().get(0);
        }
    }

    /** What each step does near the equilibrium, against the spectral radius of its linear part. */
    private void rates(List<Claim> claims, List<Trained> trained) {
        for (int i : new int[] {0, 1, 4, 5, 6}) {
            Method method = trained.get(i).method();
            List<State> near = trajectory(method, NEAR, DiracGame::simultaneous, NEAR_STEPS);
            claims.add(Claim.equal(
                    method.name() + ": what a simultaneous step near the equilibrium makes of the distance",
                    RATES,
                    method.theory()
                            .simultaneousAtEquilibrium(stepSize)
                            .orElseThrow()
                            .spectralRadius(),
                    growth(near),
                    i < 4 ? 1e-6 : 0.01));
        }
        Method gan = trained.get(0).method();
        claims.add(Claim.equal(
                "GAN: alternating steps near the equilibrium neither leave nor arrive",
                RATES,
                gan.theory().alternatingAtEquilibrium(stepSize, 1).orElseThrow().spectralRadius(),
                growth(trajectory(gan, NEAR, DiracGame::alternating, NEAR_STEPS)),
                2e-3));
    }

    /** Factor a step, from the end of the first half to the end of the second. */
    private static double growth(List<State> states) {
        int last = states.size() - 1;
        double ratio = states.get(last).radius() / states.get(last / 2).radius();
        return Math.pow(ratio, 1.0 / (last - last / 2));
    }

    private void verdicts(List<Claim> claims, List<Trained> trained) {
        Trained nsgan = trained.get(1);
        claims.add(Claim.atLeast(
                "GAN: simultaneous steps lead away, distance at the end",
                SOURCE,
                START.radius(),
                trained.get(0).end().radius(),
                0));
        claims.add(Claim.atLeast(
                "NSGAN: comes nearer ever more slowly, factor a step in the second half against the first",
                SOURCE,
                nsgan.rate(0, steps / 2),
                nsgan.rate(steps / 2, steps),
                0));
        for (Trained wgan : trained.subList(2, 4)) {
            claims.add(Claim.atLeast(
                    wgan.method().name() + ": goes on turning, least distance in the last fifth in steps of h",
                    SOURCE,
                    1,
                    wgan.simultaneous().subList(steps - steps / 5, steps).stream()
                                    .mapToDouble(State::radius)
                                    .min()
                                    .orElseThrow()
                            / stepSize,
                    0));
        }
        for (Trained r : trained.subList(4, 7)) {
            claims.add(Claim.atMost(
                    r.method().name() + ": comes near, distance at the end",
                    SOURCE,
                    START.radius() / 4,
                    r.end().radius(),
                    0));
        }
        Trained gn = trained.get(7);
        String derived = "derived here from Wu et al. 2021's definition";
        claims.add(Claim.equal(
                "GN: psi never moves", derived, START.psi(), gn.end().psi(), 1e-12));
        claims.add(Claim.atMost(
                "GN: theta runs past the data at 0", derived, 0, gn.end().theta(), 0));
    }

    private Figure figure(List<Trained> trained) {
        ChartPanel turning = plane("what turns", 2, trained.subList(0, 4));
        ChartPanel arriving = plane(
                "what arrives, and GN", 2, List.of(trained.get(4), trained.get(5), trained.get(6), trained.get(7)));
        double[] count = IntStream.rangeClosed(0, steps).asDoubleStream().toArray();
        ChartPanel distance = ChartPanel.of("distance from the equilibrium", "step", "distance")
                .logY()
                .yRange(1e-9, 10);
        for (int i : new int[] {0, 1, 2, 3, 4, 5}) {
            Trained each = trained.get(i);
            distance = distance.line(
                    each.method().name(),
                    count,
                    each.simultaneous().stream().mapToDouble(State::radius).toArray());
        }
        return new Figure(
                "only R1 arrives: it moves the eigenvalues to the left",
                2,
                List.of(turning, arriving, distance, eigenvalues()));
    }

    private static ChartPanel plane(String title, double half, List<Trained> trained) {
        ChartPanel panel = ChartPanel.of(title, "theta", "psi").plane(half);
        for (Trained each : trained) {
            List<State> drawn = each.simultaneous().subList(0, DRAWN);
            panel = panel.line(each.method().name(), column(drawn, State::theta), column(drawn, State::psi));
        }
        return panel.points("equilibrium", new double[] {0}, new double[] {0});
    }

    /** The upper or larger eigenvalue for γ from near 0 to 2, by theory and by automatic differentiation. */
    private ChartPanel eigenvalues() {
        double[] weights =
                IntStream.rangeClosed(1, 40).mapToDouble(i -> i / 20.0).toArray();
        List<Complex> theory = new ArrayList<>();
        List<Complex> measured = new ArrayList<>();
        for (double weight : weights) {
            Method method = withR1("", Game.MINIMAX, weight);
            theory.add(method.theory()
                    .jacobianAtEquilibrium()
                    .orElseThrow()
                    .eigenvalues()
                    .get(0));
            if (measured.size() * 4 < theory.size()) {
                measured.add(eigenvalue(method));
            }
        }
        return ChartPanel.of("leading eigenvalue, gamma from 0.05 to 2", "real part: shrinks", "imaginary part: turns")
                .line("theory", column(theory, Complex::real), column(theory, Complex::imaginary))
                .points("trained", column(measured, Complex::real), column(measured, Complex::imaginary));
    }

    private static <T> double[] column(List<T> rows, ToDoubleFunction<T> value) {
        return rows.stream().mapToDouble(value).toArray();
    }
}
