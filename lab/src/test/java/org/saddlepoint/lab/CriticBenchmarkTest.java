package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.TrainingDivergedException;

/** Critics between distributions whose distance is known: a short form of the published benchmark. */
@ExtendWith({LeakCheck.class, OneThread.class})
class CriticBenchmarkTest {
    private static final OptimizerConfig FAST = AdamConfig.of(2e-3, 0, 0.9);

    private static CriticBenchmark.Result critic(Constraint constraint, long steps) {
        MlpDiscriminatorConfig network =
                new MlpDiscriminatorConfig(List.of(64, 64), new InitialWeights.PytorchDefault(), 1, 0, 0, 0);
        CriticBenchmark benchmark = new CriticBenchmark(
                new WassersteinObjective(), Map.of("constraint", constraint), network, FAST, 256, steps);
        return benchmark.run(FunnelTransport.PUBLISHED, 1, step -> {});
    }

    @Test
    void aGradientPenaltyFindsTheDistanceAndThePotential() {
        CriticBenchmark.Result result = critic(GradientPenalty.wganGp(10), 1500);
        assertThat(result.distance()).isCloseTo(0.8207, within(4 * result.standardError() + 4 * 0.0007));
        assertThat(result.estimate()).isCloseTo(0.857, within(0.0857)); // the published solver's
        assertThat(result.cosine()).isBetween(0.6, 1.0); // 0.845 there, after forty times as many updates
        assertThat(result.error()).isBetween(0.0, 0.7);
    }

    @Test
    void clippingAndSpectralNormalizationDoNot() {
        CriticBenchmark.Result clipped = critic(new WeightClipping(0.04), 600);
        CriticBenchmark.Result spectral = critic(new SpectralNormalization(5, 0), 600);
        assertThat(clipped.estimate()).isBetween(0.0, 0.2); // 0.0307 there
        assertThat(spectral.estimate()).isBetween(0.0, 0.5); // 0.152 there
    }

    @Test
    void gradientNormalizationKnowsTheDirections() {
        CriticBenchmark.Result result = critic(GradientNormalization.PAPER, 1500);
        assertThat(result.cosine()).isBetween(0.5, 1.0);
        assertThat(result.estimate()).isBetween(0.5, 1.0);
    }

    @Test
    void progressIsToldAndDivergenceStops() {
        CriticBenchmark benchmark = new CriticBenchmark(
                new WassersteinObjective(),
                Map.of(),
                MlpDiscriminatorConfig.of(List.of(8), new InitialWeights.Uniform(0.5)),
                new SgdConfig(1e30, 0),
                8,
                200);
        assertThatThrownBy(() -> benchmark.run(FunnelTransport.PUBLISHED, 1, step -> {}))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageContaining("training diverged at step ");

        List<Long> told = new ArrayList<>();
        CriticBenchmark calm = new CriticBenchmark(
                benchmark.objective(), Map.of(), benchmark.network(), FAST, benchmark.batchSize(), 150);
        calm.run(FunnelTransport.PUBLISHED, 1, told::add);
        assertThat(told).containsExactly(64L, 128L, 150L);
    }
}
