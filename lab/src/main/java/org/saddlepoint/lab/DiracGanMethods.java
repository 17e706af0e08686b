package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atLeast;
import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.near;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
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
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
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
        @Setting("γ, the weight of R1") double gamma,
        @Setting("steps of each training") int steps,
        AdversarialObjective minimax,
        AdversarialObjective nonSaturating,
        AdversarialObjective wasserstein,
        DoubleFunction<Constraint> r1,
        Constraint clipping,
        Constraint penalty,
        Constraint normalization)
        implements Experiment {

    /** WGAN-GP's penalty in the convention of the theory, which has a factor ½ that the constraint has not. */
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

    /** A start so near to the equilibrium that only the linear part counts. */
    private static final State NEAR = new State(1e-4, 1e-4);

    private static final int NEAR_STEPS = 200;

    /** Number of steps drawn, few enough to tell the turns apart. */
    private static final int DRAWN = 120;

    private static final String SOURCE = "Mescheder et al. 2018, section 2";
    private static final String RATES = "Mescheder et al. 2018, sections 2 and 4";

    public DiracGanMethods {
        Bounds.require("stepSize", stepSize, 0.1, 0.4);
        Bounds.require("gamma", gamma, 0.2, 2);
        Bounds.require("steps", steps, 300, 2000);
    }

    /** A method: its colour in figures, its theory, and what real training uses. */
    private record Method(
            String name, Color color, DiracGan theory, AdversarialObjective objective, Constraint constraint) {}

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

        /** Mean factor per step, between two steps, by which the distance from 0 changes. */
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
        return "the smallest GAN: which methods reach the equilibrium, which rotate around it";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<Method> methods = methods();
        List<Trained> trained = new ArrayList<>();
        for (Method method : methods) {
            laboratory.progress().done(method.name(), trained.size(), methods.size());
            trained.add(train(method));
        }
        return new Findings(claims(trained), figure(trained));
    }

    private List<Method> methods() {
        Constraint none = GradientPenalty.r1(0);
        return List.of(
                new Method("GAN", Palette.GAN.color(), DiracGan.GAN, minimax, none),
                new Method("NSGAN", Palette.NON_SATURATING.color(), DiracGan.NON_SATURATING, nonSaturating, none),
                new Method(
                        "WGAN", Palette.WGAN.color(), new DiracGan(Game.WASSERSTEIN, CLIPPING), wasserstein, clipping),
                new Method(
                        "WGAN-GP",
                        Palette.WGAN_GP.color(),
                        new DiracGan(Game.WASSERSTEIN, PENALTY),
                        wasserstein,
                        penalty),
                withR1("GAN + R1", Palette.R1.color(), Game.MINIMAX, gamma),
                withR1("GAN + critical R1", Palette.R1.light(0.35), Game.MINIMAX, CRITICAL),
                withR1("NSGAN + R1", Palette.R1.dark(), Game.NON_SATURATING, gamma),
                new Method(
                        "GN",
                        Palette.GN.color(),
                        new DiracGan(Game.MINIMAX, new Regularization.GradientNormalization()),
                        minimax,
                        normalization));
    }

    /** The id of a claim about a method: its name, then what is claimed. */
    private static String id(Method method, String claim) {
        return method.name().toLowerCase(Locale.ROOT).replace(" + ", "-").replace(' ', '-') + "-" + claim;
    }

    private Method withR1(String name, Color color, Game game, double weight) {
        return new Method(
                name,
                color,
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

    private Claims claims(List<Trained> trained) {
        Claims claims = new Claims(SOURCE);
        for (Trained each : trained) {
            claims.that(
                            id(each.method(), "field"),
                            each.method().name() + ": training follows the vector field, largest relative distance")
                    .is(each.error(), near(0, 1e-9));
        }
        eigenvalues(claims, trained.get(0).method(), 0);
        eigenvalues(claims, trained.get(4).method(), gamma);
        eigenvalues(claims, trained.get(5).method(), CRITICAL);
        rates(claims, trained);
        outcomes(claims, trained);
        return claims;
    }

    private void eigenvalues(Claims claims, Method method, double weight) {
        Complex measured = eigenvalue(method);
        double discriminant = weight * weight / 4 - 0.25;
        claims.that(id(method, "real-part"), method.name() + ": real part of the leading eigenvalue", RATES)
                .is(measured.real(), near(-weight / 2 + Math.sqrt(Math.max(0, discriminant)), 1e-9));
        claims.that(id(method, "imaginary-part"), method.name() + ": imaginary part of that eigenvalue", RATES)
                .is(measured.imaginary(), near(Math.sqrt(Math.max(0, -discriminant)), 1e-9));
    }

    /** The leading eigenvalue, by real and then imaginary part, of the Jacobian from automatic differentiation. */
    private Complex eigenvalue(Method method) {
        try (DiracGame game = new DiracGame(method.objective(), method.constraint(), new State(0, 0), stepSize)) {
            return game.jacobian().eigenvalues().get(0);
        }
    }

    /** Compares steps near the equilibrium with the spectral radius of their linear part. */
    private void rates(Claims claims, List<Trained> trained) {
        for (int i : new int[] {0, 1, 4, 5, 6}) {
            Method method = trained.get(i).method();
            List<State> near = trajectory(method, NEAR, DiracGame::simultaneous, NEAR_STEPS);
            double radius = method.theory()
                    .simultaneousAtEquilibrium(stepSize)
                    .orElseThrow()
                    .spectralRadius();
            claims.that(
                            id(method, "rate"),
                            method.name() + ": factor a step of the distance near the equilibrium",
                            RATES)
                    .is(growth(near), near(radius, i < 4 ? 1e-6 : 0.01));
        }
        Method gan = trained.get(0).method();
        double neutral =
                gan.theory().alternatingAtEquilibrium(stepSize, 1).orElseThrow().spectralRadius();
        claims.that("gan-alternating-rate", "GAN: alternating steps keep the distance near the equilibrium", RATES)
                .is(growth(trajectory(gan, NEAR, DiracGame::alternating, NEAR_STEPS)), near(neutral, 2e-3));
    }

    /** Mean factor per step over the second half. */
    private static double growth(List<State> states) {
        int last = states.size() - 1;
        double ratio = states.get(last).radius() / states.get(last / 2).radius();
        return Math.pow(ratio, 1.0 / (last - last / 2));
    }

    private void outcomes(Claims claims, List<Trained> trained) {
        Trained nsgan = trained.get(1);
        claims.that("gan-leaves", "GAN: simultaneous steps lead away, distance at the end")
                .is(trained.get(0).end().radius(), atLeast(START.radius()));
        claims.that(
                        "nsgan-slows",
                        "NSGAN: approaches ever more slowly, factor per step in the second half against the first")
                .is(nsgan.rate(steps / 2, steps), atLeast(nsgan.rate(0, steps / 2)));
        for (Trained wgan : trained.subList(2, 4)) {
            double least = wgan.simultaneous().subList(steps - steps / 5, steps).stream()
                    .mapToDouble(State::radius)
                    .min()
                    .orElseThrow();
            claims.that(
                            id(wgan.method(), "keeps-turning"),
                            wgan.method().name() + ": keeps turning, least late distance in units of h")
                    .is(least / stepSize, atLeast(1));
        }
        for (Trained r : trained.subList(4, 7)) {
            claims.that(id(r.method(), "arrives"), r.method().name() + ": approaches, distance at the end")
                    .is(r.end().radius(), atMost(START.radius() / 4));
        }
        Trained gn = trained.get(7);
        String derived = "derived here from Wu et al. 2021's definition";
        claims.that("gn-psi-fixed", "GN: ψ never moves", derived).is(gn.end().psi(), near(START.psi(), 1e-12));
        claims.that("gn-theta-passes", "GN: θ runs past the data at 0", derived)
                .is(gn.end().theta(), atMost(0));
    }

    private Figure figure(List<Trained> trained) {
        ChartPanel turning = plane("methods that rotate", 2, trained.subList(0, 4));
        ChartPanel arriving = plane(
                "methods that converge, and GN",
                2,
                List.of(trained.get(4), trained.get(5), trained.get(6), trained.get(7)));
        double[] count = Series.range(0, steps);
        ChartPanel distance = ChartPanel.of("distance from the equilibrium", "step", "distance")
                .logY()
                .yRange(1e-9, 10);
        for (int i : new int[] {0, 1, 2, 3, 4, 5}) {
            Trained each = trained.get(i);
            distance = distance.line(
                    each.method().name(),
                    count,
                    Series.of(each.simultaneous(), State::radius),
                    each.method().color());
        }
        return new Figure(
                "only R1 converges: it moves the eigenvalues to the left",
                2,
                List.of(turning, arriving, distance, eigenvalues()));
    }

    private static ChartPanel plane(String title, double half, List<Trained> trained) {
        ChartPanel panel = ChartPanel.of(title, "θ", "ψ").plane(half);
        for (Trained each : trained) {
            List<State> drawn = each.simultaneous().subList(0, DRAWN);
            panel = panel.line(
                    each.method().name(),
                    Series.of(drawn, State::theta),
                    Series.of(drawn, State::psi),
                    each.method().color());
        }
        return panel.points("equilibrium", new double[] {0}, new double[] {0}, Palette.EXACT.color());
    }

    /** The leading eigenvalue for γ from 0.05 to 2, by theory and by automatic differentiation. */
    private ChartPanel eigenvalues() {
        double[] weights =
                IntStream.rangeClosed(1, 40).mapToDouble(i -> i / 20.0).toArray();
        List<Complex> theory = new ArrayList<>();
        List<Complex> measured = new ArrayList<>();
        for (double weight : weights) {
            Method method = withR1("GAN + R1", Palette.R1.color(), Game.MINIMAX, weight);
            theory.add(method.theory()
                    .jacobianAtEquilibrium()
                    .orElseThrow()
                    .eigenvalues()
                    .get(0));
            if (measured.size() * 4 < theory.size()) {
                measured.add(eigenvalue(method));
            }
        }
        return ChartPanel.of("leading eigenvalue, γ from 0.05 to 2", "real part: shrinking", "imaginary part: rotation")
                .line(
                        "theory",
                        Series.of(theory, Complex::real),
                        Series.of(theory, Complex::imaginary),
                        Palette.EXACT.color())
                .points(
                        "trained",
                        Series.of(measured, Complex::real),
                        Series.of(measured, Complex::imaginary),
                        Palette.R1.color());
    }
}
