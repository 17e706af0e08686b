package org.saddlepoint.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.OneThread;

/** The published sizes, and what styles do; {@code golden_stylegan2.py} has the outputs, {@link FamilyLawsTest} the rest. */
@ExtendWith({LeakCheck.class, OneThread.class})
class StyleGan2Test {
    private static final Latent LATENT = new Latent(512, Latent.Distribution.NORMAL);
    private static final Latent SMALL = new Latent(3, Latent.Distribution.NORMAL);
    private static final Shape IMAGE = Shape.of(1, 16, 16);

    /** Of the configurations of the authors' code, without a condition, for RGB. */
    @ParameterizedTest
    @CsvSource({
        "cifar, 32, 32768, 2, false, 19947539, 20720641",
        "auto, 64, 16384, 2, true, 22243608, 23407361",
        "paper256, 256, 16384, 8, true, 24767458, 24001089",
        "F, 1024, 32768, 8, true, 30370060, 29012513",
    })
    void parametersAreThoseOfThePaper(
            String name, int side, int base, int mapping, boolean residual, long generator, long discriminator) {
        Shape image = Shape.of(3, side, side);
        try (RandomGenerator random = new RandomGenerator(0);
                Generator g = new StyleGan2GeneratorConfig(base, 512, 512, mapping, 0.9).create(LATENT, image, random);
                Discriminator d = new StyleGan2DiscriminatorConfig(base, 512, residual, 4).create(image, random)) {
            assertThat(g.parameterCount()).as(name).isEqualTo(generator);
            assertThat(d.parameterCount()).as(name).isEqualTo(discriminator);
        }
    }

    @Test
    void withClassesTheyAreThoseOfThePaperToo() {
        Shape image = Shape.of(3, 32, 32);
        ConditionShape classes = ConditionShape.Classes.of(10);
        try (RandomGenerator random = new RandomGenerator(0);
                Generator g = new GeneratorConditioning.Mapped()
                        .build(new StyleGan2GeneratorConfig(32768, 512, 512, 2, 0), classes, LATENT, image, random);
                Discriminator d = new DiscriminatorConditioning.Mapped()
                        .build(new StyleGan2DiscriminatorConfig(32768, 512, false, 32), classes, image, random)) {
            assertThat(g.parameterCount()).isEqualTo(20_215_315);
            assertThat(d.parameterCount()).isEqualTo(23_089_664);
        }
    }

    private static StyleGan2Generator small(double mixing, RandomGenerator random) {
        return new StyleGan2GeneratorConfig(32, 4, 5, 2, mixing).create(SMALL, ConditionShape.none(), IMAGE, random);
    }

    @Test
    void theMeanStyleFollowsThePassesOfTraining() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                StyleGan2Generator g = small(0, random)) {
            assertThat(g.styleLayers()).isEqualTo(6); // 4, 8 and 16 pixels
            Tensor mean = Tensors.zeros(5);
            for (int i = 0; i < 3; i++) {
                Tensor styles = g.styles(SMALL.sample(4, random), Conditioning.none());
                mean = mean.mul(0.995).add(styles.select(1, 0).mean(false, 0).mul(0.005));
                Golden.requireClose("mean", g.meanStyle(), mean.detach(), 1e-5, 1e-9);
            }
            g.train(false);
            g.forward(SMALL.sample(4, random), Conditioning.none());
            Golden.requireClose("mean in use", g.meanStyle(), mean.detach(), 1e-5, 1e-9);
        }
    }

    @Test
    void truncationGoesFromTheMeanToTheSample() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                StyleGan2Generator g = small(0, random)) {
            g.forward(SMALL.sample(4, random), Conditioning.none());
            g.train(false);
            Tensor styles = g.styles(SMALL.sample(2, random), Conditioning.none());
            assertThat(g.truncated(styles, 1)).isSameAs(styles);
            Tensor none = g.truncated(styles, 0);
            Golden.requireClose("ψ = 0", none.select(0, 1).select(0, 3), g.meanStyle(), 1e-6, 1e-7);
            Tensor half = styles.add(none).mul(0.5);
            Golden.requireClose("ψ = ½", g.truncated(styles, 0.5), half.detach(), 1e-6, 1e-7);
        }
    }

    @Test
    void mixedStylesAreThoseOfTwoLatentsFromSomeLayerOn() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                StyleGan2Generator always = small(1, random)) {
            Tensor z = SMALL.sample(3, random);
            always.train(false);
            Tensor own = always.styles(z, Conditioning.none());
            always.train(true);
            boolean[] seen = new boolean[6];
            for (int pass = 0; pass < 60; pass++) {
                Tensor mixed = always.styles(z, Conditioning.none());
                int first = 0;
                while (first < 6 && same(mixed, own, first)) {
                    first++;
                }
                assertThat(first).isBetween(1, 5);
                seen[first] = true;
                for (int layer = first; layer < 6; layer++) {
                    assertThat(same(mixed, own, layer)).isFalse();
                    assertThat(mixed.select(1, layer).toFloatArray())
                            .isEqualTo(mixed.select(1, first).toFloatArray());
                }
            }
            assertThat(seen).containsExactly(false, true, true, true, true, true);
        }
    }

    private static boolean same(Tensor a, Tensor b, int layer) {
        return a.select(1, layer).sub(b.select(1, layer)).abs().max().item() < 1e-6;
    }

    @Test
    void eachStyleReachesTheImage() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1);
                StyleGan2Generator g = small(0, random)) {
            g.train(false);
            Tensor styles = g.styles(SMALL.sample(1, random), Conditioning.none());
            Tensor image = g.synthesize(styles);
            Golden.requireClose("image", image.detach(), g.synthesize(styles).detach(), 0, 0);
            for (int layer = 0; layer < 6; layer++) {
                double[] mask = new double[6];
                mask[layer] = 1;
                Tensor moved = styles.add(Tensors.of(mask, 1, 6, 1).to(styles.dtype()));
                assertThat(g.synthesize(moved).sub(image).abs().max().item()).isGreaterThan(1e-4);
            }
            assertThatThrownBy(() -> g.synthesize(Tensors.zeros(1, 5, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("styles: expected [*, 6, 5] but was [1, 5, 5]");
        }
    }

    @Test
    void imagesBeginOfTheSizeOfData() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(2);
                Generator g = new StyleGan2GeneratorConfig(1024, 64, 64, 2, 0)
                        .create(new Latent(64, Latent.Distribution.NORMAL), Shape.of(3, 32, 32), random)) {
            Tensor images =
                    g.forward(new Latent(64, Latent.Distribution.NORMAL).sample(8, random), Conditioning.none());
            assertThat(images.square().mean().item()).isBetween(0.3, 6.0);
            assertThat(images.mean().item()).isCloseTo(0, within(1.0));
        }
    }

    @Test
    void whatCannotBeBuiltIsRefused() {
        ConditionShape classes = ConditionShape.Classes.of(3);
        GeneratorConfig styles = new StyleGan2GeneratorConfig(64, 4, 4, 1, 0);
        try (RandomGenerator random = new RandomGenerator(0)) {
            assertThatThrownBy(() ->
                            new StyleGan2GeneratorConfig(16, 4, 4, 1, 0).create(SMALL, Shape.of(1, 32, 32), random))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "channelBase must be at least the image's side, which is 32, but was 16, which leaves no"
                                    + " channel there; set generator.channelBase and discriminator.channelBase to a multiple of it");
            assertThatThrownBy(() -> new StyleGan2DiscriminatorConfig(4, 4, true, 4).create(Shape.of(1, 8, 8), random))
                    .hasMessageContaining("channelBase must be at least the image's side, which is 8");
            assertThatThrownBy(() -> new StyleGan2GeneratorConfig(16, 0, 4, 1, 0))
                    .hasMessage("channelMax must be >= 1 but was 0");
            assertThatThrownBy(() -> new StyleGan2GeneratorConfig(16, 4, 0, 1, 0))
                    .hasMessage("styleSize must be >= 1 but was 0");
            assertThatThrownBy(() -> new StyleGan2GeneratorConfig(16, 4, 4, 1, 1.5))
                    .hasMessageContaining("styleMixing must be in [0, 1] but was 1.5");
            assertThatThrownBy(() -> new StyleGan2DiscriminatorConfig(16, 4, true, 0))
                    .hasMessage("group must be >= 1 but was 0");
            assertThatThrownBy(() -> new StyleGan2DiscriminatorConfig(16, 4, true, 4).requireBatch(10))
                    .hasMessageContaining("a batch of 10 does not divide into groups of 4");
            assertThatThrownBy(() ->
                            new GeneratorConditioning.BatchNormalized().build(styles, classes, SMALL, IMAGE, random))
                    .hasMessageContaining("choose conditioning.generator.way: mapping");
            assertThatThrownBy(() -> new GeneratorConditioning.Mapped()
                            .build(new DcganGeneratorConfig(2), classes, SMALL, IMAGE, random))
                    .hasMessageContaining("this generator has no mapping network");
            assertThatThrownBy(() -> new DiscriminatorConditioning.Mapped()
                            .build(new DcganDiscriminatorConfig(2, Normalization.NONE), classes, IMAGE, random))
                    .hasMessageContaining("this discriminator has no mapping network");
            assertThatThrownBy(() -> new GeneratorConditioning.Mapped()
                            .build(styles, new ConditionShape.Image(IMAGE), SMALL, IMAGE, random))
                    .hasMessageContaining("a mapping network needs classes or vectors");
        }
    }
}
