package org.saddlepoint.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.saddlepoint.objectives.AdversarialObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.run.ChartPanel;
import org.saddlepoint.run.Figure;
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

    private static final String THEOREM = "Arjovsky and Bottou 2017, theorem 2.5; seed 001; seed 002, section 1.2";
    private static final String PENALTIES = "seed 001; seed 002, section 1.2";

    /** Step of differences in θ. */
    private static final double STEP = 1e-4;

    private static final String EXPLANATION =
            """
            Where the discriminator is good, log(1 - D) gives the generator no gradient. The trick is to minimize -log D \
            instead. What does that minimize? Put the best discriminator in, and the loss is

                KL(q, p) - 2 JS(p, q) + R

            with p the data and q the generator. The seeds call R a constant. It is not: it grows from log 2, where q is \
            p, to log 4, where they share nothing (upper right). But a training step holds the discriminator as it is and \
            moves only the generator, and then R plays no part: the gradient of the loss is the gradient of KL - 2 JS, to \
            the digit (lower left). If one also followed how the best discriminator moves with q, R would come in, and the \
            gradient would be another.

            So the generator lowers KL(q, p), and at the same time *raises* JS: it is pulled to the data and pushed away \
            from them. And KL(q, p) has two unequal penalties (lower right):

            * The generator *misses* something: nine of ten kinds of picture never come. Cost: log 10, whatever else. \
            The KL turned round, KL(p, q), would be infinite.
            * The generator *invents* something: a tenth of its pictures is of a kind that the data have with probability \
            epsilon. Cost: grows by 0.1 log 10 each time epsilon gets ten times smaller, without end.

            So it pays to be safe: one bell that can choose (upper left) sits on one of the two bells of the data and \
            forgets the other, where KL(p, q) would put it between them. That is mode collapse, in its simplest form.

            The seeds say the same with single points: q log(q/p) goes to 0 where q does. It even goes below 0 on the way, \
            since only the sum over all x is a divergence; that is why whole distributions are compared here.
            """;

    public LogDTrick {
        Bounds.require("bells", bells, 2.5, 6);
        Bounds.require("theta", theta, 0.2, 0.8 * bells);
        Bounds.require("invented", invented, 0.01, 0.9);
    }

    /** Gradients of the loss in θ: with D held at its best, and with the best D of each θ. */
    private record Gradients(double held, double followed) {}

    @Override
    public String name() {
        return "log-d-trick";
    }

    @Override
    public String title() {
        return "-log D minimizes KL(q, p) - 2 JS, forgives what is missing and punishes what is invented";
    }

    @Override
    public Findings run(Laboratory laboratory) {
        List<RandomPairs.Pair> pairs = RandomPairs.draw(laboratory.scale(3_000, 50_000), 8, laboratory.seed()).stream()
                .filter(pair -> Double.isFinite(Divergences.kl(pair.q(), pair.p())))
                .toList();
        double[] latents = EvenSamples.quantiles(new Normal(0, 1), laboratory.scale(20_000, 200_000));
        List<Claim> claims = new ArrayList<>(identities(pairs));
        claims.addAll(gradientClaims(gradients(theta, latents)));
        claims.addAll(penalties());
        return new Findings(claims, figure(latents), EXPLANATION);
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

    private List<Claim> identities(List<RandomPairs.Pair> pairs) {
        RandomPairs.Pair off = pairs.stream()
                .max(Comparator.comparingDouble(pair ->
                        Math.abs(pull(pair.p(), pair.q()) + remainder(pair.p(), pair.q()) - loss(pair.p(), pair.q()))))
                .orElseThrow();
        double[] p = grid().masses(data());
        double[] near = grid().masses(generator(theta));
        double[] far = grid().masses(generator(bells + 12));
        return List.of(
                Claim.equal(
                        "E_q[-log D*] = KL(q, p) - 2 JS(p, q) + R for two bells and one, on a grid",
                        THEOREM,
                        pull(p, near) + remainder(p, near),
                        loss(p, near),
                        1e-10),
                Claim.equal(
                        "and for random distributions, where they differ most",
                        THEOREM,
                        pull(off.p(), off.q()) + remainder(off.p(), off.q()),
                        loss(off.p(), off.q()),
                        1e-10),
                Claim.equal(
                        "R is no constant: it is log 2 where q = p",
                        THEOREM,
                        Math.log(2),
                        loss(p, p) - pull(p, p),
                        1e-10),
                Claim.equal(
                        "and log 4 where they are far apart", THEOREM, Math.log(4), loss(p, far) - pull(p, far), 1e-6));
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

    private List<Claim> gradientClaims(Gradients gradients) {
        double ofKl = slope(t -> DensityDivergences.kl(generator(t), data()), theta);
        double ofJs = slope(t -> -2 * DensityDivergences.js(data(), generator(t)), theta);
        double scale = Math.abs(ofKl) + Math.abs(ofJs);
        return List.of(
                Claim.equal(
                        "with D held, the gradient of the loss in theta is that of KL(q, p) - 2 JS(p, q)",
                        THEOREM,
                        slope(this::pull, theta),
                        gradients.held(),
                        1e-3 * scale),
                Claim.equal(
                        "if D followed theta, the gradient of R would be added to it",
                        "seed 001, where R is left out as if it were constant",
                        slopeOfRemainder(theta),
                        gradients.followed() - gradients.held(),
                        1e-3 * scale),
                Claim.atMost(
                        "KL and -2 JS pull in opposite directions: the product of their slopes in theta",
                        THEOREM,
                        0,
                        ofKl * ofJs / (scale * scale),
                        0));
    }

    /** Through the samples θ + z, by automatic differentiation of the objective. */
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

    private List<Claim> penalties() {
        int kinds = 10;
        double[] all = new double[kinds];
        Arrays.fill(all, 1.0 / kinds);
        double[] one = new double[kinds];
        one[0] = 1;
        double growth = kl.applyAsDouble(some(invented), some(1e-9)) - kl.applyAsDouble(some(invented), some(1e-8));
        double[] q = {invented, 1 - invented};
        double[] p = {0, 1};
        return List.of(
                Claim.equal(
                        "missing nine of ten kinds costs KL(q, p) = log 10 and no more",
                        PENALTIES,
                        Math.log(kinds),
                        kl.applyAsDouble(one, all),
                        1e-12),
                Claim.equal(
                        "the reverse, KL(p, q), would make it infinite",
                        PENALTIES,
                        Double.POSITIVE_INFINITY,
                        kl.applyAsDouble(all, one),
                        0),
                Claim.equal(
                        "inventing what the data have ten times less often costs share log 10 more, without end",
                        PENALTIES,
                        invented * Math.log(10),
                        growth,
                        1e-6),
                Claim.equal(
                        "and inventing what they never have costs KL(q, p) = infinity",
                        PENALTIES,
                        Double.POSITIVE_INFINITY,
                        kl.applyAsDouble(q, p),
                        0),
                Claim.equal(
                        "so the bell with the least KL(q, p) - 2 JS sits on one of the data's two",
                        PENALTIES,
                        bells,
                        Math.abs(best((p2, q2) -> pull(p2, q2))),
                        0.05 * bells),
                Claim.equal(
                        "where KL(p, q) would put it between them",
                        PENALTIES,
                        0,
                        best((p2, q2) -> kl.applyAsDouble(p2, q2)),
                        0.05 * bells));
    }

    /** Two outcomes, the first with this share. */
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
                .line("p, data", x, Arrays.stream(x).map(data()::at).toArray())
                .line(
                        "least KL(q, p) - 2 JS",
                        x,
                        Arrays.stream(x).map(generator(safe)::at).toArray())
                .line(
                        "least KL(p, q)",
                        x,
                        Arrays.stream(x).map(generator(wide)::at).toArray());
        double[] at = new LineGrid(-bells - 2, bells + 2, 49).points();
        double[] p = grid().masses(data());
        double[][] q =
                Arrays.stream(at).mapToObj(t -> grid().masses(generator(t))).toArray(double[][]::new);
        ChartPanel losses = ChartPanel.of("the loss and its parts", "theta", "nats")
                .line(
                        "-log D*",
                        at,
                        Arrays.stream(q).mapToDouble(each -> loss(p, each)).toArray())
                .line(
                        "KL - 2 JS",
                        at,
                        Arrays.stream(q).mapToDouble(each -> pull(p, each)).toArray())
                .line(
                        "R",
                        at,
                        Arrays.stream(q).mapToDouble(each -> remainder(p, each)).toArray());
        Gradients[] all = Arrays.stream(at).mapToObj(t -> gradients(t, latents)).toArray(Gradients[]::new);
        ChartPanel gradients = ChartPanel.of("gradients in theta", "theta", "gradient")
                .line(
                        "KL - 2 JS",
                        at,
                        Arrays.stream(at).map(t -> slope(this::pull, t)).toArray())
                .points(
                        "-log D, D held",
                        at,
                        Arrays.stream(all).mapToDouble(Gradients::held).toArray())
                .line(
                        "-log D, D follows",
                        at,
                        Arrays.stream(all).mapToDouble(Gradients::followed).toArray());
        double[] rare = IntStream.rangeClosed(-24, -2)
                .mapToDouble(k -> Math.pow(10, k / 2.0))
                .toArray();
        ChartPanel cost = ChartPanel.of("what KL(q, p) punishes", "how likely the invented is in the data", "KL(q, p)")
                .logX()
                .line(
                        "a share of " + invented + " invented",
                        rare,
                        Arrays.stream(rare)
                                .map(e -> kl.applyAsDouble(some(invented), some(e)))
                                .toArray())
                .level("nine kinds of ten missing", Math.log(10));
        return new Figure("-log D: pulled by KL, pushed by JS", 2, List.of(bell, losses, gradients, cost));
    }
}
