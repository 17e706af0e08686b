package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.clustering.Planted;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.Subset;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.EvaluationPlan;
import org.saddlepoint.recipes.Measurement;
import org.saddlepoint.recipes.PreparedData;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.testing.OneThread;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;

/** Runs that are conditioned on clusters of their pictures. */
@ExtendWith({LeakCheck.class, OneThread.class})
class ClusterRunTest {
    private static final Planted DATA = Planted.of(300);
    private static final RunOptions OPTIONS = RunOptions.DEFAULT.seed(7);
    private static final List<String> PARTS =
            List.of("generator", "generator_ema", "discriminator", "generator_optimizer", "discriminator_optimizer");

    @TempDir
    private Path temp;

    /** Keeps the notes, and stops after a step. */
    private static final class Notes implements RunListener {
        private final List<String> notes = new ArrayList<>();
        private final List<Double> fids = new ArrayList<>();
        private final long last;
        private boolean stop;

        Notes(long last) {
            this.last = last;
        }

        @Override
        public void onNote(String line) {
            notes.add(line);
        }

        @Override
        public void onEvaluation(long step, List<Measurement> measurements, String bestBy) {
            Measurement.value(measurements, bestBy).ifPresent(fids::add);
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            stop = state.step() == last;
        }

        @Override
        public boolean stopRequested() {
            return stop;
        }
    }

    private static Recipe recipe() {
        return SmallRuns.images("dcgan-clusters", Map.of("steps", "4", "sampleEvery", "2"));
    }

    private static void assertSameEnd(Path first, Path second) {
        for (String part : PARTS) {
            String file = "checkpoints/000004/" + part + ".safetensors";
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        for (String file : List.of("metrics.jsonl", "clusters.json", "samples/000004.png")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void clustersAreFoundOnceAndKeptInTheRun() throws IOException {
        Notes notes = new Notes(-1);
        Run run = Run.train(recipe(), DATA, temp.resolve("run"), OPTIONS, notes);
        assertThat(notes.notes)
                .anyMatch(line -> line.matches("clusters: \\d+, of \\d+ to \\d+ pictures, found in .* s"));
        RunManifest.Data learnt = run.manifest().data();
        assertThat(learnt.classSizes())
                .hasSizeBetween(Planted.KINDS, 15)
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(learnt.classSizes().stream().mapToInt(i -> i).sum()).isEqualTo(300);
        assertThat(learnt.classNames())
                .isEqualTo(Clusters.names(learnt.classSizes().size()));
        assertThat(learnt.summary().orElseThrow().classCounts())
                .as("of the data's own labels")
                .containsExactly(150, 150);
        BufferedImage sheet = ImageIO.read(run.folder().sampleFile(4).toFile());
        assertThat(sheet.getWidth()).as("eight rows of eight, and no names").isEqualTo(sheet.getHeight());
        try (TrainedGenerator generator = TrainedGenerator.open(run.path())) {
            assertThat(generator.classNames()).isEqualTo(learnt.classNames());
            assertThat(generator.clusterSizes()).isEqualTo(learnt.classSizes());
            Samples samples = generator.sample(SampleOptions.of(5).seed(3));
            assertThat(samples.toFloatArray())
                    .containsExactly(
                            generator.sample(SampleOptions.of(5).seed(3)).toFloatArray());
            assertThat(generator.sample(SampleOptions.of(3).label("cluster 2")).className(1))
                    .contains("cluster 2");
        }
    }

    @Test
    void aStoppedRunGoesOnToTheSameEnd() {
        Path straight =
                Run.train(recipe(), DATA, temp.resolve("straight"), OPTIONS).path();
        Path stopped = Run.train(recipe(), DATA, temp.resolve("stopped"), OPTIONS, new Notes(2))
                .path();
        Notes more = new Notes(-1);
        Run.resume(stopped, DATA, ResumeOptions.DEFAULT, more);
        assertThat(more.notes).as("nothing is searched again").isEmpty();
        assertSameEnd(straight, stopped);
    }

    @Test
    void theClustersOfTheRunCountEvenIfOthersWouldBeFoundNow() throws IOException {
        Path run = Run.train(recipe(), DATA, temp.resolve("run"), OPTIONS, new Notes(2))
                .path();
        byte[] clusters = Files.readAllBytes(run.resolve("clusters.json"));
        Files.writeString(run.resolve("clusters.json"), "{}");
        assertThatThrownBy(() -> Run.resume(run, DATA, ResumeOptions.DEFAULT))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("clusters.json is damaged");
        Files.delete(run.resolve("clusters.json"));
        assertThatThrownBy(() -> Run.resume(run, DATA, ResumeOptions.DEFAULT))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("clusters.json is missing");
        Files.write(run.resolve("clusters.json"), clusters);
        Run.resume(run, DATA, ResumeOptions.DEFAULT);
        assertThat(Run.open(run).manifest().outcome()).isEqualTo(RunManifest.Outcome.DONE);
    }

    @Test
    void dataThatWasMovedIsTheSame() throws Exception {
        Path here = Files.createDirectory(temp.resolve("here"));
        idx(here.resolve("images"));
        DataRequest request = DataRequest.of("idx:" + here.resolve("images"));
        Path straight = temp.resolve("straight");
        Path stopped = temp.resolve("stopped");
        try (Dataset data = request.open(DataOptions.DEFAULT)) {
            Run.train(recipe(), data, straight, OPTIONS.dataSource(request));
            Run.train(recipe(), data, stopped, OPTIONS.dataSource(request), new Notes(2));
        }
        RunManifest.Data learnt = Run.open(stopped).manifest().data();
        Path there = Files.move(here, temp.resolve("there"));
        DataRequest moved = DataRequest.of("idx:" + there.resolve("images"));
        Run resumed = Run.resume(stopped, ResumeOptions.DEFAULT.dataSource(moved));
        assertSameEnd(straight, stopped);
        assertThat(resumed.manifest().data().classSizes()).isEqualTo(learnt.classSizes());
        assertThat(resumed.manifest().data().classNames()).isEqualTo(learnt.classNames());
        assertThat(resumed.manifest().data().spec()).contains("there");

        byte[] other = Files.readAllBytes(there.resolve("images"));
        other[99]++;
        Files.write(there.resolve("images"), other);
        assertThatThrownBy(() -> Run.resume(stopped, ResumeOptions.DEFAULT.steps(5)))
                .hasMessageContaining("has changed since the run")
                .hasMessageContaining("the content of its examples differs");
    }

    private static void idx(Path file) throws DamagedExampleException {
        int pixels = DATA.shape().elements();
        int[] values = new int[300 * pixels];
        for (int i = 0; i < 300; i++) {
            System.arraycopy(Images.samples(DATA, i), 0, values, i * pixels, pixels);
        }
        Images.write(file, Images.idx(new int[] {300, 16, 16}, values));
    }

    @Test
    void itIsEvaluatedAsAModelWithoutClasses() {
        EvaluationConfig config = new EvaluationConfig(Set.of(Metrics.FID), 64, 64, Resizing.BILINEAR, true, 0);
        Notes notes = new Notes(-1);
        Planted data = new Planted(300, 28, false, 0);
        Run run = Run.train(
                recipe(),
                data,
                temp.resolve("run"),
                OPTIONS.evaluation(new EvaluationPlan(4, config, "digits", "fid", "")),
                notes);
        assertThat(notes.fids).hasSize(1).allMatch(fid -> fid > 0);
        assertThat(run.manifest().steps()).isEqualTo(4);
        Metric intra = Metrics.all().stream()
                .filter(metric -> metric.word().equals("intra-fid"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> recipe().evaluationRules().requireTrainable(Set.of(intra)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("intra-fid needs a recipe that asks for labels, but dcgan-clusters does not");
    }

    @Test
    void withoutAChosenClassSamplesAreDrawnByTheSizesOfClusters() {
        List<String> names = Clusters.names(3);
        SampleGrid grid = SampleGrid.of(SampleOptions.of(4000), names, List.of(300, 99, 1));
        List<Integer> drawn = grid.first();
        // five standard deviations of binomials of 4,000 and 3/4, and 1/400
        assertThat(Collections.frequency(drawn, 0)).isBetween(2863, 3137);
        assertThat(Collections.frequency(drawn, 2)).isBetween(1, 26);
        assertThat(drawn.subList(0, 20)).as("in random order").contains(0, 1);
        assertThat(SampleGrid.of(SampleOptions.of(4000), names, List.of(300, 99, 1)))
                .isEqualTo(grid);
        assertThat(SampleGrid.of(SampleOptions.of(4000).seed(1), names, List.of(300, 99, 1)))
                .isNotEqualTo(grid);
        assertThat(grid.hasClasses()).isTrue();
        assertThat(grid.withoutClasses().hasClasses()).isFalse();
        assertThat(SampleGrid.of(SampleOptions.of(4), names, List.of()).first())
                .as("classes of data take turns")
                .containsExactly(0, 1, 2, 0);
    }

    @Test
    void whatHasNoClustersIsRefusedBeforeAnythingIsWritten() throws IOException {
        refused(
                new Subset(DATA, "few", IntStream.range(0, 199)),
                "which make sense from about 200 pictures on, but few has 199",
                "such as dcgan-quick");
        refused(new SmallRuns.Pairs(300, 16), "has pairs of pictures", "such as pix2pix-small");
        try (Dataset ring = DataSources.open("ring8", DataOptions.DEFAULT)) {
            refused(ring, "makes clusters of pictures, but ring8 has points", "such as gan-points");
        }
        assertThatThrownBy(() -> recipe().train(DATA, TrainingSetup.of(1)))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("those of planted were not found yet");
        assertThatThrownBy(() -> Recipes.load("dcgan-quick", Map.of("conditioning.on", "clusters")))
                .hasMessageContaining("must be one of the ways to take clusters but was none");
        assertThatThrownBy(() -> Recipes.load("pix2pix-small", Map.of("conditioning.on", "clusters")))
                .hasMessageContaining("unknown setting \"conditioning.on\"");
    }

    @Test
    void numbersThatDescribePicturesAreIgnored() throws IOException {
        Images.greys(temp.resolve("pictures"), 200);
        StringBuilder table = new StringBuilder("file,v\n");
        for (int i = 0; i < 200; i++) {
            table.append("pictures/%03d.png,%d%n".formatted(i, i));
        }
        Files.writeString(temp.resolve("t.csv"), table.toString());
        try (Dataset described = DataSources.open("csv:" + temp.resolve("t.csv"), DataOptions.DEFAULT)) {
            PreparedData prepared = recipe().prepare(described, 1, note -> {});
            assertThat(described.vectorNames()).containsExactly("v");
            assertThat(prepared.dataset().vectorNames()).isEmpty();
            assertThat(prepared.dataset().classNames()).isNotEmpty();
        }
    }

    private void refused(Dataset data, String... words) {
        Path folder = temp.resolve("refused");
        assertThatThrownBy(() -> Run.train(recipe(), data, folder, OPTIONS))
                .isInstanceOf(RecipeException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
        assertThat(folder).doesNotExist();
    }
}
