package org.saddlepoint.benchmarks.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.benchmarks.RecipeWorkload;
import org.saddlepoint.benchmarks.Workload.Weights;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.training.TrainingSetup;

/**
 * Measures steps of one to four processes, and sums over them, in turns: in each round every setting has its turn while the others wait,
 * and the one that begins changes each round. Then fits the model of a step's time, and draws it to more ranks.
 *
 * <pre>T(N) = max(1, N / cores) c(⌈B/N⌉) + E(N)</pre>
 */
public final class ScaleRunner {
    private static final int MOST_PROCESSES = 4;
    private static final int WARM_UP_STEPS = 2;
    private static final int[] MESSAGES = {4 << 10, 256 << 10, 4 << 20, 25 << 20};

    /** So that probes of all sizes take about as long. */
    private static final int[] REPEATS = {200, 50, 10, 3};

    /** A V100, seconds an image at 256 × 256: 21.6 to 24.2 s per thousand, of the README of stylegan2-ada-pytorch. */
    private static final double V100_SECONDS = 0.0229;

    /** Images of an update in that measurement, of the default settings for one GPU in its train.py. */
    private static final int V100_IMAGES = 16;

    private static final Map<String, String> PAPER_256 = Map.of(
            "heldOut", "0",
            "images.size", "256",
            "generator.channelBase", "16384",
            "discriminator.channelBase", "16384",
            "updates.batchSize", Integer.toString(V100_IMAGES));

    /** What the penalties' own steps add: path lengths at every fourth update of G, R1 at every 16th of D. */
    private static final double PATH_LENGTHS = 1 / 4.0;

    private static final double R1 = 1 / 16.0;
    private static final double BUCKET = 25 << 20;

    private final List<ScaleWorkload> workloads;
    private final int rounds;
    private final double secondsPerTurn;
    private final Consumer<String> progress;

    /**
     * A run with these settings.
     *
     * @param rounds how often all take turns
     * @param secondsPerTurn about how long a turn lasts, of one process on one thread
     * @param progress is told in words what is being done
     */
    public ScaleRunner(List<ScaleWorkload> workloads, int rounds, double secondsPerTurn, Consumer<String> progress) {
        if (rounds < 1 || !(secondsPerTurn > 0)) {
            throw new IllegalArgumentException(
                    "rounds must be >= 1 and seconds > 0 but were " + rounds + " and " + secondsPerTurn);
        }
        this.workloads = List.copyOf(workloads);
        this.rounds = rounds;
        this.secondsPerTurn = secondsPerTurn;
        this.progress = progress;
    }

    /** Times sums of several lengths and steps of one to four processes in turns, fits the model, and draws it on. */
    public ScaleReport run() {
        int cores = Runtime.getRuntime().availableProcessors();
        List<CostModel.Probe> probes = probe();
        CostModel sums = CostModel.fit(probes);
        List<ScaleReport.Measured> measured = new ArrayList<>();
        for (ScaleWorkload workload : workloads) {
            measured.add(measure(workload, sums, cores));
        }
        return new ScaleReport(cores, sums, probes, measured, draw(measured));
    }

    private List<CostModel.Probe> probe() {
        Map<CostModel.Probe, List<Double>> seconds = new LinkedHashMap<>();
        List<ScaleWorkers> all = new ArrayList<>();
        try {
            for (int size = 2; size <= MOST_PROCESSES; size++) {
                progress.accept("starting " + size + " processes for sums");
                all.add(ScaleWorkers.start(ScaleWorkload.POINTS, ScaleWorkload.POINTS.batchSize(), size, 1));
            }
            for (int round = 0; round < rounds; round++) {
                progress.accept("sums: round " + (round + 1) + " of " + rounds);
                for (ScaleWorkers workers : all) {
                    for (int i = 0; i < MESSAGES.length; i++) {
                        seconds.computeIfAbsent(
                                        new CostModel.Probe(workers.size(), MESSAGES[i], 0),
                                        unseen -> new ArrayList<>())
                                .add(workers.sum(MESSAGES[i], REPEATS[i]));
                    }
                }
            }
        } finally {
            all.forEach(ScaleWorkers::close);
        }
        return seconds.entrySet().stream()
                .map(each -> new CostModel.Probe(
                        each.getKey().ranks(),
                        each.getKey().bytes(),
                        Spread.of(each.getValue()).median()))
                .toList();
    }

    /** One setting and what its rounds gave. */
    private static final class Turns {
        private final ScaleWorkers workers;
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> exchange = new ArrayList<>();
        private double bytes;
        private double messages;
        private int steps = 1;

        Turns(ScaleWorkers workers) {
            this.workers = workers;
        }

        void warmUp(double secondsPerTurn) {
            double step = Double.POSITIVE_INFINITY;
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                step = Math.min(step, workers.steps(1).seconds());
            }
            steps = Math.max(1, (int) Math.round(secondsPerTurn / step));
        }

        void round() {
            ScaleWorker.Turn turn = workers.steps(steps);
            seconds.add(turn.seconds() / steps);
            exchange.add(turn.sums().seconds() / turn.seconds());
            bytes = (double) turn.sums().bytes() / steps;
            messages = (double) turn.sums().operations() / steps;
        }

        double median() {
            return Spread.of(seconds).median();
        }

        boolean is(int processes, int threads) {
            return workers.size() == processes && workers.threads() == threads;
        }
    }

    private ScaleReport.Measured measure(ScaleWorkload workload, CostModel sums, int cores) {
        int batch = workload.batchSize();
        List<Turns> all = new ArrayList<>();
        try {
            start(all, workload, batch, 1, 2);
            start(all, workload, batch, 2, 1);
            start(all, workload, batch, 1, 1);
            start(all, workload, batch / 2, 1, 1);
            start(all, workload, batch / 4, 1, 1);
            for (int size = 3; size <= MOST_PROCESSES; size++) {
                start(all, workload, batch, size, 1);
            }
            for (int round = 0; round < rounds; round++) {
                progress.accept(workload + ": round " + (round + 1) + " of " + rounds);
                for (int i = 0; i < all.size(); i++) {
                    all.get((i + round) % all.size()).round();
                }
            }
            return report(workload, all, sums, cores);
        } finally {
            all.forEach(turns -> turns.workers.close());
        }
    }

    private void start(List<Turns> all, ScaleWorkload workload, int batch, int size, int threads) {
        progress.accept(workload + ", batches of " + batch + ": starting " + size + " x " + threads + " threads");
        Turns turns = new Turns(ScaleWorkers.start(workload, batch, size, threads));
        all.add(turns);
        turns.warmUp(secondsPerTurn);
    }

    private static ScaleReport.Measured report(ScaleWorkload workload, List<Turns> all, CostModel sums, int cores) {
        List<Turns> alone = all.stream().filter(turns -> turns.is(1, 1)).toList();
        Line compute = Line.fit(
                alone.stream().mapToDouble(turns -> turns.workers.batch()).toArray(),
                alone.stream().mapToDouble(Turns::median).toArray());
        Turns threads = all.stream().filter(turns -> turns.is(1, 2)).findFirst().orElseThrow();
        Turns two = all.stream().filter(turns -> turns.is(2, 1)).findFirst().orElseThrow();
        List<ScaleReport.Setting> settings = new ArrayList<>();
        for (Turns turns : all) {
            int size = turns.workers.size();
            @Nullable Double predicted = null;
            if (turns.workers.threads() == 1) {
                int own = (turns.workers.batch() + size - 1) / size;
                predicted = Math.max(1, (double) size / cores) * compute.at(own)
                        + sums.seconds(size, turns.messages, turns.bytes);
            }
            settings.add(new ScaleReport.Setting(
                    size,
                    turns.workers.threads(),
                    turns.workers.batch(),
                    Spread.of(turns.seconds),
                    Spread.of(turns.exchange),
                    predicted));
        }
        return new ScaleReport.Measured(
                workload.toString(),
                workload.batchSize(),
                two.bytes,
                two.messages,
                compute,
                Spread.ofQuotients(threads.seconds, two.seconds),
                settings);
    }

    private List<ScaleReport.Drawn> draw(List<ScaleReport.Measured> measured) {
        progress.accept("counting the weights of stylegan2 at 256 x 256");
        Weights weights;
        try (RecipeWorkload work = new RecipeWorkload(
                Recipes.load("stylegan2", PAPER_256), new ImageShape(3, 256, 256), TrainingSetup.of(1))) {
            weights = work.weights();
        }
        double bytes = Float.BYTES * ((1 + PATH_LENGTHS) * weights.generator() + (1 + R1) * weights.discriminator());
        double messages = (1 + PATH_LENGTHS) * Math.ceil(Float.BYTES * weights.generator() / BUCKET)
                + (1 + R1) * Math.ceil(Float.BYTES * weights.discriminator() / BUCKET);
        List<ScaleReport.Drawn> drawn = new ArrayList<>();
        for (Interconnect interconnect : Interconnect.PUBLISHED) {
            for (ScaleReport.Measured each : measured) {
                drawn.add(ScaleReport.Drawn.of(
                        each.workload() + ", " + each.batch() + " a rank, one core of this machine",
                        each.compute().at(each.batch()),
                        each.messages(),
                        each.bytes(),
                        interconnect));
            }
            drawn.add(ScaleReport.Drawn.of(
                    "stylegan2 at 256 x 256, " + V100_IMAGES + " a rank, V100",
                    V100_SECONDS * V100_IMAGES,
                    messages,
                    bytes,
                    interconnect));
        }
        return drawn;
    }
}
