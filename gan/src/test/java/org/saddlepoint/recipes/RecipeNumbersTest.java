package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.saddlepoint.constraints.ConsistencyRegularization;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.Latent;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.UpdatePlan;
import org.saddlepoint.views.Dequantization;

/** The numbers of the recipes are those of their papers. */
class RecipeNumbersTest {
    @Test
    void theNumbersAreThoseOfThePapers() {
        GanRecipe dcgan = Recipes.gan("dcgan", Map.of());
        assertThat(dcgan.generator()).isEqualTo(new DcganGeneratorConfig(128));
        assertThat(dcgan.discriminator()).isEqualTo(new DcganDiscriminatorConfig(128, Normalization.BATCH));
        assertThat(dcgan.latent()).isEqualTo(new Latent(100, Latent.Distribution.UNIFORM));
        assertThat(dcgan.updates().batchSize()).isEqualTo(128);
        assertThat(dcgan.generatorOptimizer()).isEqualTo(new AdamConfig(2e-4, 0.5, 0.999, 1e-8));
        assertThat(dcgan.discriminatorOptimizer()).isEqualTo(dcgan.generatorOptimizer());

        GanRecipe gan = Recipes.gan("gan", Map.of());
        assertThat(gan.generator())
                .isEqualTo(new MlpGeneratorConfig(List.of(1200, 1200), new InitialWeights.Uniform(0.05)));
        assertThat(gan.discriminator())
                .isEqualTo(new MlpDiscriminatorConfig(
                        List.of(240, 240), new InitialWeights.Uniform(0.005), 5, 0.2, 0.2, 0.5));
        assertThat(gan.latent()).isEqualTo(new Latent(100, Latent.Distribution.UNIFORM_UNIT_VARIANCE));
        assertThat(gan.objective()).isInstanceOf(NonSaturatingObjective.class);
        assertThat(gan.generatorOptimizer()).isEqualTo(new SgdConfig(0.1, 0.5));
        assertThat(gan.average()).isEqualTo(AverageConfig.NONE);
    }

    @Test
    void theNumbersOfTheWassersteinPapers() {
        GanRecipe wgan = Recipes.gan("wgan", Map.of());
        assertThat(wgan.objective()).isEqualTo(new WassersteinObjective());
        assertThat(wgan.constraints()).containsExactly(Map.entry("clipping", new WeightClipping(0.01)));
        assertThat(wgan.updates()).isEqualTo(UpdatePlan.of(64, 5));
        assertThat(wgan.generatorOptimizer()).isEqualTo(new RmsPropConfig(Schedule.of(5e-5), 0.99, 1e-8));
        assertThat(wgan.discriminatorOptimizer()).isEqualTo(wgan.generatorOptimizer());

        GanRecipe penalty = Recipes.gan("wgan-gp", Map.of());
        assertThat(penalty.constraints()).containsExactly(Map.entry("gp", GradientPenalty.wganGp(10)));
        assertThat(penalty.updates()).isEqualTo(UpdatePlan.of(64, 5));
        assertThat(penalty.generatorOptimizer()).isEqualTo(new AdamConfig(1e-4, 0, 0.9, 1e-8));

        GanRecipe toy = Recipes.gan("wgan-gp-points", Map.of());
        assertThat(toy.constraints()).containsExactly(Map.entry("gp", GradientPenalty.wganGp(0.1)));
        assertThat(toy.updates()).isEqualTo(UpdatePlan.of(256, 5));
        assertThat(toy.generatorOptimizer()).isEqualTo(new AdamConfig(1e-4, 0.5, 0.9, 1e-8));
    }

    /** Adam whose rate falls in a line to 0 at the end. */
    private static AdamConfig falling(double rate) {
        return new AdamConfig(new Schedule.Linear(rate, 0, 0, 0, Unit.STEPS), Schedule.of(0), Schedule.of(0.9), 1e-8);
    }

    @Test
    void theNumbersOfTheNormalizationPapers() {
        GanRecipe spectral = Recipes.gan("sngan", Map.of());
        assertThat(spectral.constraints()).containsExactly(Map.entry("spectral", new SpectralNormalization(1, 0)));
        assertThat(spectral.updates()).isEqualTo(new UpdatePlan(64, 2, 5, UpdatePlan.Order.GENERATOR_FIRST, false, 0));
        assertThat(spectral.discriminatorOptimizer()).isEqualTo(falling(2e-4));
        assertThat(spectral.views()).containsExactly(Map.entry("dequantize", new Dequantization()));

        GanRecipe gradient = Recipes.gan("gngan", Map.of());
        assertThat(gradient.objective()).isEqualTo(new HingeObjective());
        assertThat(gradient.constraints()).containsExactly(Map.entry("gn", GradientNormalization.PAPER));
        assertThat(gradient.updates())
                .isEqualTo(new UpdatePlan(64, 2, 5, UpdatePlan.Order.DISCRIMINATOR_FIRST, false, 0));
        assertThat(gradient.generatorOptimizer()).isEqualTo(falling(2e-4));
        assertThat(gradient.discriminatorOptimizer()).isEqualTo(falling(4e-4));
        assertThat(gradient.average())
                .isEqualTo(new AverageConfig(
                        Schedule.of(0.9999), Schedule.of(0), 0, false, 0, AverageConfig.Buffers.AVERAGED));
        assertThat(Recipes.gan("gngan-cr", Map.of()).constraints())
                .containsExactly(
                        Map.entry("gn", GradientNormalization.PAPER),
                        Map.entry("cr", new ConsistencyRegularization(5, true, 0.2)));
    }
}
