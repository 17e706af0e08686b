package org.saddlepoint.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.benchmarks.DcganSize.Knob;
import org.saddlepoint.models.Normalization;
import org.saddlepoint.objectives.NonSaturatingObjective;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.Precision;

/**
 * What our step of the DCGAN costs against one of its sizes, the others fixed, with the power that fits.
 *
 * @param knob what is varied, in words
 * @param base the others
 * @param points in ascending order
 * @param fit of the seconds, or null of a single point
 */
public record Scaling(String knob, DcganSize base, List<Point> points, @Nullable PowerLaw fit) {
    private static final int SEED = 1;
    private static final int WARM_UP_STEPS = 3;
    private static final DcganPlan PLAN = DcganPlan.of(new NonSaturatingObjective(), Normalization.BATCH);

    public Scaling {
        points = List.copyOf(points);
    }

    /**
     * The cost at one value.
     *
     * @param secondsPerStep over the rounds
     */
    public record Point(int value, Spread secondsPerStep) {}

    /**
     * Which sizes of the step are measured, and for how long.
     *
     * @param base where one is varied, the others are as here
     * @param values of each that is varied, ascending
     * @param rounds how often the values of one take turns
     * @param secondsPerRound about how long a value is measured in a round
     * @param precision of the networks' forward passes
     */
    public record Plan(
            DcganSize base, Map<Knob, List<Integer>> values, int rounds, double secondsPerRound, Precision precision) {
        public Plan {
            values = Map.copyOf(values);
        }

        /** Batches of 1 to 256, widths of 16 to 128, sides of 16 to 128, and one thread to all of the engine's. */
        public static Plan of(BenchmarkConfig config) {
            int cores = Engine.threads();
            List<Integer> threads = new ArrayList<>();
            for (int count = 1; count < cores; count *= 2) {
                threads.add(count);
            }
            threads.add(cores);
            Map<Knob, List<Integer>> values = new EnumMap<>(Knob.class);
            values.put(Knob.BATCH, List.of(1, 2, 4, 8, 16, 32, 64, 128, 256));
            values.put(Knob.WIDTH, List.of(16, 32, 64, 128));
            values.put(Knob.SIDE, List.of(16, 32, 64, 128));
            values.put(Knob.THREADS, threads);
            DcganSize base = new DcganSize(16, config.width(), DcganWorkload.SIDE, cores);
            return new Plan(base, values, config.rounds(), config.secondsPerRound(), config.precision());
        }
    }

    /** Measures all knobs of a plan; the number of threads is as before when it is done. */
    public static List<Scaling> measure(Plan plan, Consumer<String> progress) {
        int before = Engine.threads();
        try {
            List<Scaling> all = new ArrayList<>();
            for (Knob knob : Knob.values()) {
                List<Integer> values = plan.values().getOrDefault(knob, List.of());
                if (!values.isEmpty()) {
                    all.add(measure(plan, knob, values, progress));
                }
            }
            return all;
        } finally {
            Engine.threads(before);
        }
    }

    private static Scaling measure(Plan plan, Knob knob, List<Integer> values, Consumer<String> progress) {
        List<Turn> turns = new ArrayList<>();
        try {
            for (int value : values) {
                progress.accept("warming up " + knob + " " + value);
                turns.add(new Turn(plan, plan.base().with(knob, value)));
            }
            for (int round = 0; round < plan.rounds(); round++) {
                progress.accept(knob + ": round " + (round + 1) + " of " + plan.rounds());
                turns.forEach(Turn::round);
            }
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                points.add(new Point(values.get(i), Spread.of(turns.get(i).secondsPerStep)));
            }
            PowerLaw fit = PowerLaw.of(
                    values.stream().map(Integer::doubleValue).toList(),
                    points.stream()
                            .map(point -> point.secondsPerStep().median())
                            .toList());
            return new Scaling(knob.toString(), plan.base(), points, fit);
        } finally {
            turns.forEach(turn -> turn.workload.close());
        }
    }

    /** The step at one value of what is varied, and how long it took in each round. */
    private static final class Turn {
        private final Workload workload;
        private final int threads;
        private final int steps;
        private final List<Double> secondsPerStep = new ArrayList<>();

        Turn(Plan plan, DcganSize size) {
            threads = size.threads();
            workload = new DcganWorkload(PLAN, size.batch(), size.width(), size.side(), plan.precision(), SEED);
            Engine.threads(threads);
            double fastest = Double.POSITIVE_INFINITY;
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                fastest = Math.min(fastest, workload.seconds(1));
            }
            steps = Math.max(1, (int) Math.round(plan.secondsPerRound() / fastest));
        }

        void round() {
            Engine.threads(threads);
            secondsPerStep.add(workload.seconds(steps) / steps);
        }
    }
}
