package org.saddlepoint.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.OneThread;

/**
 * Memory, live tensors, threads and open files stay as they are however long one trains, with logs and checkpoints. The
 * long form is {@code -Pthorough}: {@code -Dsaddlepoint.soak=20000} steps of each training.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "memory and open files are read from /proc")
@ExtendWith({LeakCheck.class, OneThread.class})
class SoakTest {
    private static final int SHORT = 250;
    private static final int LONG = 20_000;
    private static final CheckpointOrigin ORIGIN = new CheckpointOrigin("test", "name: test");

    /**
     * What a step may leave of memory that is not Java's, in bytes. In the short form pools still fill, and live tensors
     * are the sharper measure; in the long form this is less than what the smallest tensor takes.
     */
    private static double memoryBound() {
        return steps() >= LONG ? 256 : 32_768;
    }

    /**
     * So many times as long it may take until memory grows no more: Java compiles beside the training, late where the machine is busy.
     * What a step leaves it leaves in each of them.
     */
    private static final int WINDOWS = 6;

    private static final Set<Thread> BEFORE =
            Set.copyOf(Thread.getAllStackTraces().keySet());

    @TempDir
    private Path temp;

    private static int steps() {
        return Integer.getInteger("saddlepoint.soak", SHORT);
    }

    /**
     * What a process holds after a step.
     *
     * @param resident all of its memory, in bytes
     * @param engine what of it is not Java's: neither its heap nor its classes and compiled code, which grow for long
     */
    private record Held(
            long step,
            double resident,
            double engine,
            double heap,
            TensorScope.Statistics alive,
            double threads,
            double files) {
        static Held now(long step) {
            System.gc();
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            MemoryUsage others = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
            double resident = residentBytes();
            return new Held(
                    step,
                    resident,
                    resident - heap.getCommitted() - others.getCommitted(),
                    heap.getUsed(),
                    TensorScope.statistics(),
                    newThreads(),
                    openFiles());
        }

        /** Threads of tests before end when they have nothing to do. */
        private static double newThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !BEFORE.contains(thread))
                    .count();
        }

        private static double residentBytes() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                String line = lines.filter(each -> each.startsWith("VmRSS:"))
                        .findFirst()
                        .orElseThrow();
                return 1024 * Double.parseDouble(line.replaceAll("[^0-9]", ""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static double openFiles() {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** By how much a number grows a step: the slope of the line with the least squares. */
    private static double slope(List<Held> all, ToDoubleFunction<Held> number) {
        double meanStep = all.stream().mapToDouble(Held::step).average().orElseThrow();
        double mean = all.stream().mapToDouble(number).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (Held each : all) {
            products += (each.step() - meanStep) * (number.applyAsDouble(each) - mean);
            squares += (each.step() - meanStep) * (each.step() - meanStep);
        }
        return products / squares;
    }

    private void soak(String name, TrainingStep step, BatchLoader loader, TrainingState state) {
        RunFolder folder = RunFolder.create(temp.resolve(name));
        List<Held> all = new ArrayList<>();
        long start = System.nanoTime();
        int every = steps() / (steps() >= LONG ? 80 : 25); // each collects all garbage first
        TrainingListener sampler = new TrainingListener() {
            @Override
            public void onStep(TrainingState now, StepReport report) {
                if (now.step() % every == 0) {
                    all.add(Held.now(now.step()));
                }
            }
        };
        try (MetricsLog log = MetricsLog.open(folder.metricsFile())) {
            List<TrainingListener> listeners = List.of(
                    new MetricsListener(log, folder, name, 10),
                    new CheckpointListener(
                            new Checkpoints(folder, ORIGIN, step, loader, state), log, steps() / 20, false),
                    sampler);
            for (int window = 1; window == 1 || (window <= WINDOWS && grows(warm(all))); window++) {
                all.clear();
                new Trainer(step, loader, state, listeners).runUntil(state.step() + steps());
            }
        }
        requireConstant(name, warm(all), (System.nanoTime() - start) / 1e9);
    }

    /** Without the first third, in which classes are loaded and pools of images and of memory fill. */
    private static List<Held> warm(List<Held> all) {
        return all.subList(all.size() / 3, all.size());
    }

    private static boolean grows(List<Held> warm) {
        return slope(warm, Held::engine) >= memoryBound() || slope(warm, Held::heap) >= memoryBound();
    }

    private static void requireConstant(String name, List<Held> warm, double seconds) {
        Held first = warm.get(0);
        double engine = slope(warm, Held::engine);
        System.out.printf(
                Locale.ROOT,
                "%s: %d steps in %.0f s; per step: resident %+.1f bytes (%.1f to %.1f MB), of it the engine's %+.1f, heap %+.1f bytes,"
                        + " live tensors %+.4f (%d), threads %+.4f, open files %+.4f (%.0f)%n",
                name,
                steps(),
                seconds,
                slope(warm, Held::resident),
                first.resident() / 1e6,
                warm.get(warm.size() - 1).resident() / 1e6,
                engine,
                slope(warm, Held::heap),
                slope(warm, each -> each.alive().scopedTensors() + each.alive().retained()),
                first.alive().scopedTensors() + first.alive().retained(),
                slope(warm, Held::threads),
                slope(warm, Held::files),
                first.files());
        assertThat(warm).allSatisfy(each -> assertThat(each.alive()).isEqualTo(first.alive()));
        assertThat(slope(warm, Held::threads)).isCloseTo(0, within(1.0 / steps()));
        assertThat(slope(warm, Held::files)).isCloseTo(0, within(1.0 / steps()));
        assertThat(engine).isLessThan(memoryBound());
        assertThat(slope(warm, Held::heap)).isLessThan(memoryBound());
    }

    private void soak(String recipe, String source, Map<String, String> settings) {
        DataOptions options = new DataOptions(DataOptions.DEFAULT.imageFormat(), 100, 0, 0);
        try (Dataset data = DataSources.open(source, options);
                GanTraining training = new GanTraining(Recipes.gan(recipe, settings), data, TrainingSetup.of(7))) {
            soak(recipe, training.step(), training.loader(), training.state());
        }
    }

    @Test
    void points() {
        soak("gan-points", "ring8", Map.of("updates.batchSize", "16"));
    }

    @Test
    void images() {
        soak(
                "dcgan-quick",
                "digits",
                Map.of(
                        "generator.width",
                        "1",
                        "discriminator.width",
                        "1",
                        "latent.size",
                        "4",
                        "updates.batchSize",
                        "2"));
    }

    @Test
    void translation() {
        TrainingSteps.Case cycle = TrainingSteps.all().stream()
                .filter(each -> each.name().startsWith("cycle"))
                .findFirst()
                .orElseThrow();
        try (TrainingState state = new TrainingState(7);
                TrainingStep step = cycle.maker().make(state.random().networks(), Precision.FLOAT32);
                BatchLoader loader = new BatchLoader(
                        new Static(cycle.shape(), 30), new LoaderConfig(step.examplesPerStep(), 5, 1, 2))) {
            soak("cycle", step, loader, state);
        }
    }

    @Test
    void theSlopeIsThatOfALine() {
        List<Held> line = new ArrayList<>();
        for (int step = 10; step <= 50; step += 10) {
            line.add(new Held(step, 5 + 0.25 * step, 0, 0, TensorScope.statistics(), 0, 0));
        }
        assertThat(slope(line, Held::resident)).isCloseTo(0.25, within(1e-12));
    }
}
