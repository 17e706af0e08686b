package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.SavedCheckpoint;

/** A trained generator is safe to share, draws what its checkpoint says, and names what it cannot do. */
@ExtendWith({LeakCheck.class, OneThread.class})
class TrainedGeneratorTest {
    private static final int DRAWS = 200;

    @TempDir
    private static Path shared;

    private static Path lsgan;
    private static Path classes;
    private static Path averaged;

    @TempDir
    private Path temp;

    @BeforeAll
    static void train() {
        lsgan = SmallRuns.digits(shared.resolve("lsgan"), "lsgan", Map.of("checkpointEvery", "2"))
                .path();
        classes =
                SmallRuns.digits(shared.resolve("classes"), "cdcgan", Map.of()).path();
        averaged = SmallRuns.digits(shared.resolve("averaged"), "lsgan", Map.of("average.decay", "0.5"))
                .path();
    }

    /** Batch normalization and no moving average: what the network draws with is the network that was trained. */
    @Test
    void eightThreadsDrawWhatEachSeedDrawsAlone() throws Exception {
        try (TrainedGenerator generator = TrainedGenerator.open(lsgan)) {
            assertThat(generator.isAverage()).isFalse();
            List<float[]> before = state(generator);
            assertThat(before.size()).as("running statistics are among them").isGreaterThan(10);
            List<float[]> alone = new ArrayList<>();
            for (int seed = 0; seed < DRAWS; seed++) {
                alone.add(draw(generator, seed));
            }
            List<float[]> together = Threads.map(DRAWS, seed -> draw(generator, seed));
            for (int seed = 0; seed < DRAWS; seed++) {
                assertThat(together.get(seed)).as("seed %d", seed).isEqualTo(alone.get(seed));
            }
            assertThat(state(generator)).usingRecursiveComparison().isEqualTo(before);
        }
    }

    private static float[] draw(TrainedGenerator generator, int seed) {
        return generator.sample(SampleOptions.of(1 + seed % 3).seed(seed)).toFloatArray();
    }

    private static List<float[]> state(TrainedGenerator generator) {
        return generator.network().stateDict().values().stream()
                .map(TrainedGeneratorTest::numbers)
                .toList();
    }

    private static float[] numbers(Tensor tensor) {
        try (TensorScope scope = TensorScope.open()) {
            return tensor.to(org.saddlepoint.tensor.DType.FLOAT32).toFloatArray();
        }
    }

    @Test
    void samplesAreThoseOfTheSeedsLatentsHoweverTheyAreBatched() {
        try (TrainedGenerator generator = TrainedGenerator.open(lsgan);
                TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(5)) {
            Samples samples = generator.sample(SampleOptions.of(70).seed(5));
            Tensor atOnce = generator.generate(generator.recipe().latent().sample(70, random), Conditioning.none());
            assertThat(samples.count()).isEqualTo(70);
            assertThat(samples.toFloatArray()).containsExactly(atOnce.toFloatArray(), within(1e-6f));
            assertThat(generator.sample(SampleOptions.of(70).seed(6)).toFloatArray())
                    .isNotEqualTo(samples.toFloatArray());
        }
    }

    /** To the bit, since programs compare files: in a pass of another size these would differ in the last bits. */
    @ParameterizedTest
    @ValueSource(strings = {"lsgan", "cdcgan", "stylegan2-small", "biggan-small"})
    void samplesAreTheSameWhateverSharesTheirPasses(String name) {
        Recipe recipe = Recipes.load(name, Map.of("steps", "1", "updates.batchSize", "8"));
        Path run = temp.resolve("run");
        try (Dataset data = DataSources.open("digits", recipe.dataOptions())) {
            Run.train(recipe, data, run, RunOptions.DEFAULT);
        }
        try (TrainedGenerator generator = TrainedGenerator.open(run)) {
            List<SampleDraw> draws = new ArrayList<>();
            for (int count : new int[] {3, 1, 20, 1, 9}) {
                draws.add(generator.begin(SampleOptions.of(count).seed(count)));
            }
            SampleDraw path = generator.begin(SampleOptions.of(2).interpolation(3));
            assertThatThrownBy(() -> generator.samples(path)).hasMessageContaining("6 of 6 samples are not drawn yet");
            draws.add(2, path);
            for (int first = 0; draws.stream().anyMatch(draw -> draw.remaining() > 0); first++) {
                Collections.rotate(draws, first);
                generator.advance(draws);
            }
            for (SampleDraw draw : draws) {
                assertThat(generator.samples(draw).toFloatArray())
                        .as("%d samples", draw.total())
                        .isEqualTo(generator.sample(draw.options()).toFloatArray());
            }
        }
    }

    @Test
    void passesOfLargerPicturesHaveFewerSamples() {
        assertThat(SamplePass.size(new PointShape(2), Device.CPU)).isEqualTo(16);
        assertThat(SamplePass.size(new ImageShape(1, 28, 28), Device.CPU)).isEqualTo(16);
        assertThat(SamplePass.size(new ImageShape(3, 64, 64), Device.CPU)).isEqualTo(4);
        assertThat(SamplePass.size(new ImageShape(3, 100, 50), Device.CPU)).isEqualTo(2);
        assertThat(SamplePass.size(new ImageShape(3, 256, 256), Device.CPU)).isEqualTo(1);
        assertThat(SamplePass.size(new ImageShape(3, 256, 256), Device.cuda(0))).isEqualTo(64);
    }

    @Test
    void samplesAreImagesOfTheDatasShape() throws IOException {
        try (TrainedGenerator generator = TrainedGenerator.open(lsgan)) {
            assertThat(generator.sampleShape()).isEqualTo(new ImageShape(1, 28, 28));
            assertThat(generator.classNames()).isEmpty();
            assertThat(generator.step()).isEqualTo(3);
            assertThat(generator.warnings()).isEmpty();
            Samples samples = generator.sample(SampleOptions.of(2).interpolation(3));
            assertThat(samples.count()).isEqualTo(6);
            assertThat(samples.grid().columns()).isEqualTo(3);
            var image = ImageIO.read(new ByteArrayInputStream(samples.png(5)));
            assertThat(image.getRaster().getPixels(0, 0, 28, 28, (int[]) null))
                    .isEqualTo(samples.image(5).getRaster().getPixels(0, 0, 28, 28, (int[]) null));
            float value = samples.toFloatArray(5)[28 * 3 + 4];
            assertThat(image.getRaster().getSample(4, 3, 0)).isEqualTo((int) Math.round((value + 1) * 127.5));
            assertThat(samples.className(0)).isEmpty();
            assertThatThrownBy(() -> samples.png(6)).hasMessage("there are 6 samples but number 6 was asked for");
        }
    }

    @Test
    void pointsAreNumbers() {
        Path run = temp.resolve("points");
        try (Dataset data = DataSources.open("ring8", DataOptions.DEFAULT)) {
            Run.train(SmallRuns.points(Map.of()), data, run, RunOptions.DEFAULT);
        }
        try (TrainedGenerator generator = TrainedGenerator.open(run)) {
            assertThat(generator.sampleShape()).isEqualTo(new PointShape(2));
            Samples samples = generator.sample(SampleOptions.of(5));
            assertThat(samples.toFloatArray()).hasSize(10);
            assertThatThrownBy(() -> samples.image(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("are points of 2 numbers");
        }
    }

    @Test
    void classesAreChosenByNameAndByNumber() {
        try (TrainedGenerator generator = TrainedGenerator.open(classes)) {
            assertThat(generator.classNames()).hasSize(10);
            Samples seven = generator.sample(SampleOptions.of(3).label("7"));
            assertThat(generator.sample(SampleOptions.of(3).label(7)).toFloatArray())
                    .isEqualTo(seven.toFloatArray());
            assertThat(generator.sample(SampleOptions.of(3).label(8)).toFloatArray())
                    .isNotEqualTo(seven.toFloatArray());
            assertThat(seven.className(2)).contains("7");
            Samples all = generator.sample(SampleOptions.of(2).labels(ClassChoice.all()));
            assertThat(all.count()).isEqualTo(20);
            assertThat(all.className(19)).contains("9");
            assertThat(all.toFloatArray(14))
                    .isEqualTo(generator
                            .sample(SampleOptions.of(2).labels(new ClassChoice.Numbered(List.of(7, 7))))
                            .toFloatArray(0));
            Samples turns = generator.sample(SampleOptions.of(12));
            assertThat(turns.className(11)).contains("1");
        }
    }

    @Test
    void theMovingAverageAloneIsLoaded() {
        try (TrainedGenerator generator = TrainedGenerator.open(averaged);
                TensorScope scope = TensorScope.open()) {
            assertThat(generator.isAverage()).isTrue();
            SavedCheckpoint saved = generator.checkpoint();
            List<float[]> average = saved.part("generator_ema").values().stream()
                    .map(TrainedGeneratorTest::numbers)
                    .toList();
            assertThat(state(generator)).usingRecursiveComparison().isEqualTo(average);
            List<float[]> trained = saved.part("generator").values().stream()
                    .map(TrainedGeneratorTest::numbers)
                    .toList();
            assertThat(average.get(0)).isNotEqualTo(trained.get(0));
        }
    }

    @Test
    void aDamagedCheckpointIsToldAndTheOneBeforeItIsUsed() throws IOException {
        Path run = SmallRuns.digits(temp.resolve("run"), "lsgan", Map.of("checkpointEvery", "2"))
                .path();
        Path weights = run.resolve("checkpoints/000003/generator.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        try (TrainedGenerator generator = TrainedGenerator.open(run)) {
            assertThat(generator.step()).isEqualTo(2);
            assertThat(generator.warnings())
                    .singleElement()
                    .asString()
                    .contains("checkpoint 000003 is damaged: generator.safetensors", "going on from 000002");
        }
        AtomicFiles.delete(run.resolve("checkpoints/000002"));
        assertThatThrownBy(() -> TrainedGenerator.open(run))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("all checkpoints of " + run + " are damaged: 000003");
        AtomicFiles.delete(run.resolve("checkpoints"));
        assertThatThrownBy(() -> TrainedGenerator.open(run)).hasMessageContaining("holds no checkpoint yet");
    }

    @Test
    void whatItCannotDoIsNamed() {
        TrainedGenerator closed = TrainedGenerator.open(lsgan);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.sample(SampleOptions.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the generator of " + lsgan + " is closed; open it again");
        try (TrainedGenerator generator = TrainedGenerator.open(lsgan)) {
            refused(
                    generator,
                    SampleOptions.of(1).label(7),
                    lsgan + " was trained with the recipe lsgan, which asks for no");
            refused(generator, SampleOptions.of(1).vector(1), "the recipe lsgan asks for no numbers; leave it out");
            refused(generator, SampleOptions.of(2_000_000_000), "2,000,000,000 samples do not fit in memory");
        }
        try (TrainedGenerator generator = TrainedGenerator.open(classes)) {
            refused(generator, SampleOptions.of(1).label("cat"), "unknown class \"cat\"; expected one of 0, 1, 2, 3");
            refused(generator, SampleOptions.of(1).label(10), "unknown class \"10\"; expected one of 0, 1, 2, 3");
            refused(
                    generator,
                    SampleOptions.of(1).interpolation(3).labels(ClassChoice.all()),
                    "count: with interpolation each class has one row");
        }
        assertThatThrownBy(() -> SampleOptions.of(0)).hasMessage("count must be >= 1 but was 0");
        assertThatThrownBy(() -> TrainedGenerator.open(lsgan, ModelOptions.DEFAULT.ofBest()))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("holds no best checkpoint");
        Path pairs = SmallRuns.pairs(temp.resolve("pairs"), "pix2pix-small", Map.of())
                .path();
        assertThatThrownBy(() -> TrainedGenerator.open(pairs))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("translates pictures")
                .hasMessageEndingWith("in a program: TrainedTranslator");
    }

    private static void refused(TrainedGenerator generator, SampleOptions options, String message) {
        assertThatThrownBy(() -> generator.sample(options))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining(message);
    }
}
