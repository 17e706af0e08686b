package org.saddlepoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.saddlepoint.constraints.GradientPenalty;
import org.saddlepoint.constraints.PathLength;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.training.Precision;

class BenchmarkRunnerTest {
    private static BenchmarkConfig quick(Method... methods) {
        return new BenchmarkConfig(
                List.of(methods),
                List.of(2),
                4,
                3,
                0.02,
                Precision.FLOAT32,
                "no-such-python",
                OptionalInt.of(1),
                false);
    }

    @Test
    void withoutAPeerOurSideIsMeasuredAndTheReasonGiven() {
        List<String> said = new ArrayList<>();
        BenchmarkReport report = new BenchmarkRunner(quick(Method.NON_SATURATING), said::add).run();
        assertThat(report.peer()).isNull();
        assertThat(report.peerAbsence()).contains("no-such-python").contains("--python");
        assertThat(said).anyMatch(line -> line.contains("round 3 of 3"));
        assertThat(report.steps()).hasSize(1);
        BenchmarkReport.Step step = report.steps().get(0);
        assertThat(step.method()).isEqualTo("non-saturating");
        assertThat(step.batchSize()).isEqualTo(2);
        assertThat(step.defaults()).isNull();
        assertThat(step.best()).isNull();
        assertThat(step.memory()).isNull();
        assertThat(step.limit().operationsPerStep()).isPositive();
        assertThat(step.multiple()).isNull();
        assertThat(step.imagesPerSecond().min()).isPositive();
        assertThat(step.imagesPerSecond().median())
                .isBetween(step.imagesPerSecond().min(), step.imagesPerSecond().max());
    }

    @ParameterizedTest
    @EnumSource(names = {"WGAN_GP", "GNGAN"})
    void constrainedMethodsBringTheirBaseline(Method method) {
        BenchmarkReport report = new BenchmarkRunner(quick(method), line -> {}).run();
        assertThat(report.steps())
                .extracting(BenchmarkReport.Step::method)
                .containsExactly(report.baseline(), method.toString());
        BenchmarkReport.Step baseline = report.steps().get(0);
        BenchmarkReport.Step step = report.steps().get(1);
        assertThat(baseline.multiple()).isNull();
        assertThat(step.multiple().median()).isPositive();
        assertThat(step.generatorMultiple().median()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"NON_SATURATING", "NON_SATURATING_NO_NORM", "WGAN_GP", "GNGAN"})
    void everyMethodOfTheDcganTrains(Method method) {
        try (Workload workload = method.open(2, quick(method), 1)) {
            assertThat(workload.step().isFinite()).isTrue();
            assertThat(workload.generatorSeconds(1).orElseThrow()).isPositive();
            assertThat(workload.step().isFinite()).isTrue();
        }
    }

    /** The numbers are those that peer.py answers; a comparison of other networks is refused. */
    @ParameterizedTest
    @CsvSource({
        "NON_SATURATING, 4, 28411, 3061",
        "RING8, 256, 527874, 527361",
        "GAN, 100, 2503984, 1231441",
        "GNGAN_RESNET, 64, 4274435, 1053825",
        "STYLEGAN2_SMALL, 32, 263987, 288993",
        "R3GAN_SMALL, 32, 533712, 521616",
        "PIX2PIX_SMALL, 1, 7314755, 169185",
        "CYCLEGAN_SMALL, 1, 8336006, 1388482",
        "PIX2PIX, 1, 54413955, 2768705",
        "CYCLEGAN, 1, 22756358, 5529474"
    })
    void theNetworksAreThePeers(Method method, int batchSize, long generator, long discriminator) {
        BenchmarkConfig config = quick(method);
        assertThat(method.batchSizes(config)).containsExactly(batchSize == 4 ? 2 : batchSize);
        try (Workload workload = method.open(method.batchSizes(config).get(0), config, 1)) {
            assertThat(workload.weights()).isEqualTo(new Workload.Weights(generator, discriminator));
        }
    }

    /** Otherwise the rounds of two sides would not hold the same work. */
    @Test
    void lazyPenaltiesRepeatInEachPeriod() {
        GanRecipe recipe = (GanRecipe) Recipes.load("stylegan2-small", Map.of());
        GradientPenalty r1 = (GradientPenalty) recipe.constraints().get("r1");
        PathLength length = (PathLength) recipe.regularizers().get("pl");
        assertThat(Method.STYLEGAN2_SMALL.period() % r1.every()).isZero();
        assertThat(Method.STYLEGAN2_SMALL.period() % length.every()).isZero();
        try (Workload workload = Method.STYLEGAN2_SMALL.open(32, quick(Method.STYLEGAN2_SMALL), 1)) {
            assertThat(workload.step().values()).containsKeys("penalty.r1", "regularizer.pl");
            assertThat(workload.step().values()).doesNotContainKeys("penalty.r1", "regularizer.pl");
        }
    }

    /** A peer that is a shell script: it opens in each style, takes turns, and is told what is over. */
    @Test
    void thePeerWorksInBothStyles(@TempDir Path temp) throws IOException {
        Path python = script(temp, "28411 3061 4");
        BenchmarkReport report =
                new BenchmarkRunner(quick(Method.NON_SATURATING).withPython(python.toString()), line -> {}).run();
        BenchmarkReport.Step step = report.steps().get(0);
        assertThat(step.defaults().ratio().median()).isPositive();
        assertThat(step.best().ratio().median())
                .isCloseTo(step.defaults().ratio().median() / 2, within(1e-9));
        List<String> asked = Files.readAllLines(temp.resolve("asked"));
        assertThat(asked).startsWith("open defaults non-saturating 2 4 float32");
        assertThat(asked)
                .endsWith("close defaults non-saturating 2 4 float32", "close best non-saturating 2 4 float32");
        assertThat(asked).filteredOn(line -> line.startsWith("run ")).hasSizeBetween(6, 8);
    }

    /** Each side in a process of its own, which says what it had. */
    @Test
    void memoryIsThatOfProcessesOfTheirOwn(@TempDir Path temp) throws IOException {
        assumeTrue(PeakMemory.ofThisProcess().isPresent(), "needs a system that tells the peak, as Linux does");
        String python = script(temp, "28411 3061 4").toString();
        BenchmarkConfig config = quick(Method.NON_SATURATING)
                .withPython(python)
                .withRounds(1, 0.01)
                .withMemory();
        BenchmarkReport.Memory memory =
                new BenchmarkRunner(config, line -> {}).run().steps().get(0).memory();
        assertThat(memory.defaults()).isEqualTo(70_000);
        assertThat(memory.best()).isEqualTo(70_000);
        assertThat(memory.ours()).as("KiB of a Java machine with libtorch").isBetween(50_000L, 2_000_000L);
    }

    /** By hand: width 4, two images; the generator makes them twice, and its weights' gradients come once. */
    @Test
    void theWorkOfAStepIsCounted() {
        BenchmarkConfig config = quick(Method.NON_SATURATING);
        try (Workload workload = Method.NON_SATURATING.open(2, config, 1)) {
            long generator = 2 * (100 * 16 * 16 + 16 * 16 * 8 * 16 + 64 * 8 * 4 * 16 + 256 * 4 * 3 * 16);
            long first = 2 * 16 * 16 * 3 * 4 * 16;
            long discriminator = first + 2 * (8 * 8 * 4 * 8 * 16 + 4 * 4 * 8 * 16 * 16 + 16 * 16);
            long firstOfGenerator = 2 * 100 * 16 * 16;
            // D: fakes; real and fake samples forward, gradients of weights, and of inputs but the images'. G: forward,
            // both
            // gradients of G's layers, but of no latents; D forward, and gradients of its inputs.
            long expected =
                    generator + 2 * (3 * discriminator - first) + 3 * generator - firstOfGenerator + 2 * discriminator;
            assertThat(ProductRate.of(workload, 1, Precision.FLOAT32, 1).operationsPerStep())
                    .isEqualTo(2.0 * expected);
        }
    }

    @Test
    void aPeerOfOtherNetworksIsRefused(@TempDir Path temp) throws IOException {
        String python = script(temp, "28411 3062 4").toString();
        BenchmarkRunner runner =
                new BenchmarkRunner(quick(Method.NON_SATURATING).withPython(python), line -> {});
        assertThatThrownBy(runner::run)
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("28411 and 3062")
                .hasMessageContaining("28411 and 3061");
    }

    private static Path script(Path folder, String weights) throws IOException {
        Path python = folder.resolve("python");
        Files.writeString(
                python,
                """
                #!/bin/sh
                echo "torch 9.9 threads 1"
                while read -r line; do
                    echo "$line" >> "%s/asked"
                    case "$line" in
                    open*) echo "%s" ;;
                    "run best"*) echo 1 ;;
                    run*) echo 2 ;;
                    close*) echo closed ;;
                    peak) echo 70000 ;;
                    esac
                done
                """
                        .formatted(folder, weights));
        assertThat(python.toFile().setExecutable(true)).isTrue();
        return python;
    }

    @Test
    void aProfileShowsTheOperationsOfAStep() {
        List<StepProfile> profiles = StepProfile.of(quick(Method.RING8), line -> {});
        assertThat(profiles).hasSize(1);
        StepProfile profile = profiles.get(0);
        assertThat(profile.batchSize()).isEqualTo(256);
        StepProfile.Operation backward = profile.operations().stream()
                .filter(operation -> operation.name().equals("grad"))
                .findFirst()
                .orElseThrow();
        assertThat(backward.callsPerStep())
                .as("5 updates and the generator's; penalties go back by operations of their own")
                .isEqualTo(6);
        assertThat(profile.secondsOutside()).isBetween(0.0, profile.secondsPerStep());
    }

    @Test
    void translationIsMeasuredOnePictureAStep() {
        BenchmarkReport report =
                new BenchmarkRunner(quick(Method.PIX2PIX_SMALL, Method.NON_SATURATING), line -> {}).run();
        assertThat(report.steps())
                .extracting(BenchmarkReport.Step::method)
                .containsExactly("pix2pix-small", "non-saturating");
        assertThat(report.steps()).extracting(BenchmarkReport.Step::batchSize).containsExactly(1, 2);
        assertThat(report.steps().get(0).imagesPerSecond().min()).isPositive();
        assertThat(report.steps().get(0).generatorMultiple()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"RING8", "GAN", "PIX2PIX_SMALL", "CYCLEGAN_SMALL"})
    void recipesTrain(Method method) {
        BenchmarkConfig config = quick(method);
        try (Workload workload = method.open(method.batchSizes(config).get(0), config, 1)) {
            assertThat(workload.step().isFinite()).isTrue();
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withRounds(0, 1)).hasMessageContaining("rounds");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withRounds(1, 0)).hasMessageContaining("secondsPerRound");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withThreads(0)).hasMessageContaining("threads");
        assertThatThrownBy(() -> BenchmarkConfig.DEFAULT.withMethods(List.of())).hasMessageContaining("methods");
    }

    @Test
    void quotientsAreOfTheSameRound() {
        List<Double> ours = List.of(1.0, 2.0, 8.0);
        assertThat(BenchmarkReport.Spread.ofQuotients(List.of(2.0, 2.0, 2.0), ours))
                .isEqualTo(new BenchmarkReport.Spread(1, 0.25, 2));
        assertThat(BenchmarkReport.Spread.ofQuotients(List.of(), ours)).isNull();
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(BenchmarkReport.Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new BenchmarkReport.Spread(2, 1, 3));
        assertThat(BenchmarkReport.Spread.of(List.of(4.0, 1.0, 2.0, 3.0)))
                .isEqualTo(new BenchmarkReport.Spread(2.5, 1, 4));
    }
}
