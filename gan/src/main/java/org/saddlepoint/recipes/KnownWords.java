package org.saddlepoint.recipes;

import java.util.List;
import java.util.Map;
import org.saddlepoint.constraints.ConsistencyRegularization;
import org.saddlepoint.constraints.Constraint;
import org.saddlepoint.constraints.GeneratorOrthogonality;
import org.saddlepoint.constraints.GeneratorRegularizer;
import org.saddlepoint.constraints.GradientNormalization;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.ModeSeeking;
import org.saddlepoint.constraints.OrthogonalRegularization;
import org.saddlepoint.constraints.PathLength;
import org.saddlepoint.constraints.PenaltyPoints;
import org.saddlepoint.constraints.Reconstruction;
import org.saddlepoint.constraints.SpectralNormalization;
import org.saddlepoint.constraints.WeightClipping;
import org.saddlepoint.constraints.WeightNormalization;
import org.saddlepoint.models.BigGanGeneratorConfig;
import org.saddlepoint.models.CnnDiscriminatorConfig;
import org.saddlepoint.models.CnnGeneratorConfig;
import org.saddlepoint.models.DcganDiscriminatorConfig;
import org.saddlepoint.models.DcganGeneratorConfig;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.DiscriminatorConfig;
import org.saddlepoint.models.FastGanDiscriminatorConfig;
import org.saddlepoint.models.FastGanGeneratorConfig;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.MlpDiscriminatorConfig;
import org.saddlepoint.models.MlpGeneratorConfig;
import org.saddlepoint.models.PatchGanConfig;
import org.saddlepoint.models.R3GanDiscriminatorConfig;
import org.saddlepoint.models.R3GanGeneratorConfig;
import org.saddlepoint.models.ResNetDiscriminatorConfig;
import org.saddlepoint.models.ResNetGeneratorConfig;
import org.saddlepoint.models.ResNetTranslatorConfig;
import org.saddlepoint.models.StyleGan2DiscriminatorConfig;
import org.saddlepoint.models.StyleGan2GeneratorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.models.UNetConfig;
import org.saddlepoint.nn.InitialWeights;
import org.saddlepoint.objectives.FDivergenceObjective;
import org.saddlepoint.objectives.HingeObjective;
import org.saddlepoint.objectives.LeastSquaresObjective;
import org.saddlepoint.objectives.MinimaxObjective;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.objectives.Objective;
import org.saddlepoint.objectives.RelativisticAverageObjective;
import org.saddlepoint.objectives.RelativisticPairedObjective;
import org.saddlepoint.objectives.WassersteinObjective;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Gradients;
import org.saddlepoint.optim.OptimizerConfig;
import org.saddlepoint.optim.RmsPropConfig;
import org.saddlepoint.optim.SgdConfig;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.training.AverageConfig;
import org.saddlepoint.training.LossWeights;
import org.saddlepoint.training.TranslationMethod;
import org.saddlepoint.views.AdaptiveAugmentation;
import org.saddlepoint.views.Dequantization;
import org.saddlepoint.views.DiffAugment;
import org.saddlepoint.views.InstanceNoise;
import org.saddlepoint.views.Mirroring;
import org.saddlepoint.views.View;

/** The words that come with Saddlepoint: one line a word. Defaults of their settings are in {@code defaults/parts.yaml}. */
final class KnownWords {
    private KnownWords() {}

    /** Records without kinds whose defaults all recipes share, by what they are called in {@code defaults/parts.yaml}. */
    static final Map<String, Class<? extends Record>> SHARED =
            Map.of("average", AverageConfig.class, "weights", LossWeights.class, "gradients", Gradients.class);

    static List<WordKind<?>> kinds() {
        return List.of(
                new WordKind<>("generator", GeneratorConfig.class, "family")
                        .with("mlp", MlpGeneratorConfig.class)
                        .with("dcgan", DcganGeneratorConfig.class)
                        .with("cnn", CnnGeneratorConfig.class)
                        .with("resnet", ResNetGeneratorConfig.class)
                        .with("biggan", BigGanGeneratorConfig.class)
                        .with("fastgan", FastGanGeneratorConfig.class)
                        .with("r3gan", R3GanGeneratorConfig.class)
                        .with("stylegan2", StyleGan2GeneratorConfig.class),
                new WordKind<>("discriminator", DiscriminatorConfig.class, "family")
                        .with("mlp", MlpDiscriminatorConfig.class)
                        .with("dcgan", DcganDiscriminatorConfig.class)
                        .with("cnn", CnnDiscriminatorConfig.class)
                        .with("resnet", ResNetDiscriminatorConfig.class)
                        .with("fastgan", FastGanDiscriminatorConfig.class)
                        .with("r3gan", R3GanDiscriminatorConfig.class)
                        .with("stylegan2", StyleGan2DiscriminatorConfig.class)
                        .with("patchgan", PatchGanConfig.class),
                new WordKind<>("translator", TranslatorConfig.class, "family")
                        .with("unet", UNetConfig.class)
                        .with("resnet", ResNetTranslatorConfig.class),
                new WordKind<>("initial-weights", InitialWeights.class, "scheme")
                        .with("uniform", InitialWeights.Uniform.class)
                        .with("normal", InitialWeights.Normal.class)
                        .with("kaiming-normal", InitialWeights.KaimingNormal.class)
                        .with("kaiming-uniform", InitialWeights.KaimingUniform.class)
                        .with("xavier-normal", InitialWeights.XavierNormal.class)
                        .with("xavier-uniform", InitialWeights.XavierUniform.class)
                        .with("orthogonal", InitialWeights.Orthogonal.class)
                        .with("pytorch-default", InitialWeights.PytorchDefault.class),
                new WordKind<>("generator-conditioning", GeneratorConditioning.class, "way")
                        .with("none", GeneratorConditioning.None.class)
                        .with("concatenation", GeneratorConditioning.Concatenation.class)
                        .with("embedding", GeneratorConditioning.Embedded.class)
                        .with("multiplication", GeneratorConditioning.Multiplied.class)
                        .with("batch-normalization", GeneratorConditioning.BatchNormalized.class)
                        .with("mapping", GeneratorConditioning.Mapped.class),
                new WordKind<>("discriminator-conditioning", DiscriminatorConditioning.class, "way")
                        .with("none", DiscriminatorConditioning.None.class)
                        .with("channels", DiscriminatorConditioning.Channels.class)
                        .with("embedded-channel", DiscriminatorConditioning.EmbeddedChannel.class)
                        .with("embedding", DiscriminatorConditioning.Embedded.class)
                        .with("projection", DiscriminatorConditioning.Projection.class)
                        .with("mapping", DiscriminatorConditioning.Mapped.class)
                        .with("auxiliary-classifier", DiscriminatorConditioning.AuxiliaryClassifier.class),
                new WordKind<>("objective", Objective.class, "loss")
                        .with("minimax", MinimaxObjective.class)
                        .with("non-saturating", NonSaturatingObjective.class)
                        .with("least-squares", LeastSquaresObjective.class)
                        .with("hinge", HingeObjective.class)
                        .with("wasserstein", WassersteinObjective.class)
                        .with("f-divergence", FDivergenceObjective.class)
                        .with("relativistic-paired", RelativisticPairedObjective.class)
                        .with("relativistic-average", RelativisticAverageObjective.class),
                new WordKind<>("constraint", Constraint.class, "method")
                        .with("weight-clipping", WeightClipping.class)
                        .with("gradient-penalty", GradientPenalty.class)
                        .with("spectral-normalization", SpectralNormalization.class)
                        .with("weight-normalization", WeightNormalization.class)
                        .with("orthogonal-regularization", OrthogonalRegularization.class)
                        .with("gradient-normalization", GradientNormalization.class)
                        .with("consistency-regularization", ConsistencyRegularization.class)
                        .with("reconstruction", Reconstruction.class),
                new WordKind<>("penalty-points", PenaltyPoints.class, "at")
                        .with("between", PenaltyPoints.Between.class)
                        .with("real", PenaltyPoints.Real.class)
                        .with("fake", PenaltyPoints.Fake.class)
                        .with("around-real", PenaltyPoints.AroundReal.class),
                new WordKind<>("optimizer", OptimizerConfig.class, "method")
                        .with("sgd", SgdConfig.class)
                        .with("rmsprop", RmsPropConfig.class)
                        .with("adam", AdamConfig.class),
                new WordKind<>("schedule", Schedule.class, "schedule")
                        .with("linear", Schedule.Linear.class)
                        .with("cosine", Schedule.Cosine.class)
                        .with("step", Schedule.Step.class)
                        .with("plateau", Schedule.Plateau.class),
                new WordKind<>("view", View.class, "view")
                        .with("dequantization", Dequantization.class)
                        .with("instance-noise", InstanceNoise.class)
                        .with("diff-augment", DiffAugment.class)
                        .with("adaptive-augmentation", AdaptiveAugmentation.class)
                        .with("mirroring", Mirroring.class),
                new WordKind<>("regularizer", GeneratorRegularizer.class, "method")
                        .with("mode-seeking", ModeSeeking.class)
                        .with("path-length", PathLength.class)
                        .with("orthogonal-regularization", GeneratorOrthogonality.class),
                new WordKind<>("translation-method", TranslationMethod.class, "from")
                        .with("pairs", TranslationMethod.Paired.class)
                        .with("cycles", TranslationMethod.Cycle.class)
                        .with("elsewhere", TranslationMethod.Elsewhere.class));
    }
}
