package org.saddlepoint.lab;

import static org.saddlepoint.lab.Bound.atMost;
import static org.saddlepoint.lab.Bound.infinite;
import static org.saddlepoint.lab.Bound.near;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.theory.Density;
import org.saddlepoint.theory.DensityDivergences;
import org.saddlepoint.theory.Divergences;
import org.saddlepoint.theory.Mixture;
import org.saddlepoint.theory.Normal;
import org.saddlepoint.theory.OptimalDiscriminator;

/**
 * What a generator minimizes with the loss −log D against the best discriminator (Arjovsky and Bottou 2017, theorem 2.5),
 * and what its Kullback-Leibler divergence punishes: the data are two bells p, the generator one bell q at θ.
 *
 * <pre>
 * E_q[−log D*] = KL(q‖p) − 2 JS(p‖q) + R,   R = log 2 + KL(p‖(p + q)/2)
 * ∂/∂θ E_{q_θ}[−log D*] with D* held = ∂/∂θ (KL(q_θ‖p) − 2 JS(p‖q_θ))
 * </pre>
 *
 * @param bells the data's bells are at −bells and bells, of standard deviation 1 as the generator's
 * @param theta where the generator's bell is when gradients are compared
 * @param invented share of the generator's mass in the comparison of penalties
 * @param objective the generator's loss
 * @param kl the Kullback-Leibler divergence of discrete distributions
 * @param js the Jensen-Shannon divergence of discrete distributions
 */
public record LogDTrick(
        @Setting("the data's two bells are this far from 0, in their standard deviations") double bells,
        @Setting("where the generator's bell is, right of the middle, in the comparison of gradients") double theta,
        @Setting("share of mass that the generator invents, in the comparison of penalties") double invented,
        AdversarialObjective objective,
        ToDoubleBiFunction<double[], double[]> kl,
        ToDoubleBiFunction<double[], double[]> js)
        implements Experiment {

    static final LogDTrick DEFAULT =
            new LogDTrick(3, 1, 0.1, new NonSaturatingObjective(), Divergences::kl, Divergences::js);

    private static final String THEOREM = "Arjovsky and Bottou 2017, theorem 2.5";
    private static final String PENALTIES = "Arjovsky and Bottou 2017, section 2.2";

    /** Step of finite differences in θ. */
    private static final double STEP = 1e-4;

    public LogDTrick {
        Bounds.require("bells", bells, 2.5, 6);
        Bounds.require("theta", theta, 0.2, 0.8 * bells);
        Bounds.require("invented", invented, 0.01, 0.9);
    }

    /** Gradients of the loss in θ: with the best D held fixed, and with D following θ. */
    private record Gradients(double held, double followed) {}

    @Override
    public String name() {
        return "log-d-trick";
    }

    @Override
    public String title() {
        return "−log D minimizes KL(q‖p) − 2 JS, forgives what is missing and punishes what is invented";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<RandomPairs.Pair> pairs = RandomPairs.draw(laboratory.scale(3_000, 50_000), 8, laboratory.seed()).stream()
                .filter(pair -> Double.isFinite(Divergences.kl(pair.q(), pair.p())))
                .toList();
        double[] latents = EvenSamples.quantiles(new Normal(0, 1), laboratory.scale(20_000, 200_000));
        Claims claims = new Claims(THEOREM);
        identities(claims, pairs);
        gradientClaims(claims, gradients(theta, latents));
        penalties(claims);
        return new Findings(claims, figure(latents));
    }

    private Density data() {
        return Mixture.of(new Normal(-bells, 1), new Normal(bells, 1));
    }

    private static Density generator(double at) {
        return new Normal(at, 1);
    }

    private LineGrid grid() {
        return new LineGrid(-bells - 14, bells + 14, 1201);
    }

    private double loss(double[] p, double[] q) {
        return OptimalDiscriminator.nonSaturatingLoss(q, OptimalDiscriminator.of(p, q));
    }

    private double pull(double[] p, double[] q) {
        return kl.applyAsDouble(q, p) - 2 * js.applyAsDouble(p, q);
    }

    private static double remainder(double[] p, double[] q) {
        double[] middle = new double[p.length];
        Arrays.setAll(middle, i -> (p[i] + q[i]) / 2);
        return Math.log(2) + Divergences.kl(p, middle);
    }

    private void identities(Claims claims, List<RandomPairs.Pair> pairs) {
        RandomPairs.Pair off = pairs.stream()
                .max(Comparator.comparingDouble(pair ->
                        Math.abs(pull(pair.p(), pair.q()) + remainder(pair.p(), pair.q()) - loss(pair.p(), pair.q()))))
                .orElseThrow();
        double[] p = grid().masses(data());
        double[] near = grid().masses(generator(theta));
        double[] far = grid().masses(generator(bells + 12));
        claims.that("identity-bells", "E_q[−log D*] = KL(q‖p) − 2 JS(p, q) + R for two bells and one, on a grid")
                .is(loss(p, near), near(pull(p, near) + remainder(p, near), 1e-10));
        claims.that("identity-random", "the same for random distributions, at the pair where the sides differ most")
                .is(loss(off.p(), off.q()), near(pull(off.p(), off.q()) + remainder(off.p(), off.q()), 1e-10));
        claims.that("remainder-near", "R is not constant: it is log 2 where q = p")
                .is(loss(p, p) - pull(p, p), near(Math.log(2), 1e-10));
        claims.that("remainder-far", "R is log 4 where p and q are far apart")
                .is(loss(p, far) - pull(p, far), near(Math.log(4), 1e-6));
    }

    /** KL(q_θ‖p) − 2 JS(p‖q_θ) by quadrature. */
    private double pull(double at) {
        return DensityDivergences.kl(generator(at), data()) - 2 * DensityDivergences.js(data(), generator(at));
    }

    private static double slope(DoubleUnaryOperator function, double at) {
        return (function.applyAsDouble(at + STEP) - function.applyAsDouble(at - STEP)) / (2 * STEP);
    }

    /** ∂R/∂θ, by quadrature: R = log 2 + KL(p‖m), m the mixture of data and generator. */
    private double slopeOfRemainder(double at) {
        return slope(t -> DensityDivergences.kl(data(), Mixture.of(data(), generator(t))), at);
    }

    private void gradientClaims(Claims claims, Gradients gradients) {
        double ofKl = slope(t -> DensityDivergences.kl(generator(t), data()), theta);
        double ofJs = slope(t -> -2 * DensityDivergences.js(data(), generator(t)), theta);
        double scale = Math.abs(ofKl) + Math.abs(ofJs);
        claims.that("gradient-held", "with D held fixed, the gradient of the loss in θ is that of KL(q‖p) − 2 JS(p, q)")
                .is(gradients.held(), near(slope(this::pull, theta), 1e-3 * scale));
        claims.that(
                        "gradient-followed",
                        "if D followed θ, the gradient of R would be added",
                        "derived here: the theorem holds D fixed, where R has no gradient")
                .is(gradients.followed() - gradients.held(), near(slopeOfRemainder(theta), 1e-3 * scale));
        claims.that("opposite-pulls", "KL and −2 JS pull in opposite directions: product of their slopes in θ")
                .is(ofKl * ofJs / (scale * scale), atMost(0));
    }

    /** Differentiates the objective through the samples θ + z. */
    private Gradients gradients(double at, double[] latents) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor z = Tensors.of(latents, latents.length);
            Tensor held = Tensors.of(new double[] {at}, 1);
            Tensor moved = Tensors.of(new double[] {at}, 1).withGrad(true);
            Tensor samples = moved.add(z);
            return new Gradients(
                    Autograd.grad(objective.generatorLoss(logits(samples, held)), List.of(moved))
                            .get(0)
                            .item(),
                    Autograd.grad(objective.generatorLoss(logits(samples, moved)), List.of(moved))
                            .get(0)
                            .item());
        }
    }

    /** log p(x) − log q_θ(x), the best discriminator's logits. */
    private Tensor logits(Tensor x, Tensor at) {
        Tensor left = x.add(bells).square().mul(-0.5);
        Tensor right = x.sub(bells).square().mul(-0.5);
        Tensor data = Tensors.stack(List.of(left, right), 0).logSumExp(0).sub(Math.log(2));
        return data.sub(x.sub(at).square().mul(-0.5));
    }

    private void penalties(Claims claims) {
        int kinds = 10;
        double[] all = new double[kinds];
        Arrays.fill(all, 1.0 / kinds);
        double[] one = new double[kinds];
        one[0] = 1;
        double growth = kl.applyAsDouble(some(invented), some(1e-9)) - kl.applyAsDouble(some(invented), some(1e-8));
        double[] q = {invented, 1 - invented};
        double[] p = {0, 1};
        claims.that("missing-is-cheap", "missing nine of ten modes costs KL(q‖p) = log 10 and no more", PENALTIES)
                .is(kl.applyAsDouble(one, all), near(Math.log(kinds), 1e-12));
        claims.that("missing-reversed", "in KL(p‖q) the same omission costs infinity", PENALTIES)
                .is(kl.applyAsDouble(all, one), infinite());
        claims.that(
                        "inventing-grows",
                        "inventing what is ten times less likely costs (share) · log 10 more, without end",
                        PENALTIES)
                .is(growth, near(invented * Math.log(10), 1e-6));
        claims.that("inventing-infinite", "inventing what the data never contain costs KL(q‖p) = ∞", PENALTIES)
                .is(kl.applyAsDouble(q, p), infinite());
        claims.that(
                        "collapse",
                        "so the bell with the least KL(q‖p) − 2 JS sits on one of the two of the data",
                        PENALTIES)
                .is(Math.abs(best((p2, q2) -> pull(p2, q2))), near(bells, 0.05 * bells));
        claims.that("cover", "KL(p‖q) would put it between them", PENALTIES)
                .is(best((p2, q2) -> kl.applyAsDouble(p2, q2)), near(0, 0.05 * bells));
    }

    /** Two outcomes, the first with this probability. */
    private static double[] some(double share) {
        return new double[] {share, 1 - share};
    }

    /** θ where this is least, in steps of 1/100 of the bells' distance. */
    private double best(ToDoubleBiFunction<double[], double[]> of) {
        double[] p = grid().masses(data());
        return IntStream.rangeClosed(-150, 150)
                .mapToObj(i -> i * bells / 100)
                .min(Comparator.comparingDouble(at -> of.applyAsDouble(p, grid().masses(generator(at)))))
                .orElseThrow();
    }

    private Figure figure(double[] latents) {
        double[] x = new LineGrid(-bells - 4, bells + 4, 241).points();
        double safe = Math.abs(best(this::pull));
        double wide = best((p, q) -> kl.applyAsDouble(p, q));
        ChartPanel bell = ChartPanel.of("one bell for two: where it sits", "x", "density")
                .line("p, data", x, Series.map(x, data()::at), Palette.DATA.color())
                .line("least KL(q‖p) − 2 JS", x, Series.map(x, generator(safe)::at), Palette.NON_SATURATING.color())
                .line("least KL(p‖q)", x, Series.map(x, generator(wide)::at), Palette.EXACT.color());
        double[] at = new LineGrid(-bells - 2, bells + 2, 49).points();
        double[] p = grid().masses(data());
        DoubleFunction<double[]> q = t -> grid().masses(generator(t));
        ChartPanel losses = ChartPanel.of("the loss and its parts", "θ", "nats")
                .line("−log D*", at, Series.map(at, t -> loss(p, q.apply(t))), Palette.NON_SATURATING.color())
                .line("KL − 2 JS", at, Series.map(at, t -> pull(p, q.apply(t))), Palette.EXACT.color())
                .line("R", at, Series.map(at, t -> remainder(p, q.apply(t))), Palette.EXACT.light());
        List<Gradients> all =
                Arrays.stream(at).mapToObj(t -> gradients(t, latents)).toList();
        ChartPanel gradients = ChartPanel.of("gradients in θ", "θ", "gradient")
                .line("KL − 2 JS", at, Series.map(at, t -> slope(this::pull, t)), Palette.EXACT.color())
                .points("−log D, D held fixed", at, Series.of(all, Gradients::held), Palette.NON_SATURATING.color())
                .line("−log D, D follows", at, Series.of(all, Gradients::followed), Palette.NON_SATURATING.light());
        double[] rare = Series.map(Series.range(-24, -2), k -> Math.pow(10, k / 2.0));
        ChartPanel cost = ChartPanel.of(
                        "what KL(q‖p) punishes", "probability of the invented under the data", "KL(q‖p)")
                .logX()
                .line(
                        "a share of " + invented + " invented",
                        rare,
                        Series.map(rare, e -> kl.applyAsDouble(some(invented), some(e))),
                        Palette.NON_SATURATING.color())
                .level("nine modes of ten missing", Math.log(10));
        return new Figure("−log D: pulled by KL, pushed by JS", 2, List.of(bell, losses, gradients, cost));
    }
}
