package org.saddlepoint.benchmarks.quality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.saddlepoint.Budget;
import org.saddlepoint.RequestException;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.Evaluation;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.Trainer;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.TrainingState;

/**
 * A training of one of our recipes within a budget, with evaluations on the way that do not count. Its length is planned as
 * {@code train --minutes} plans it.
 */
final class OurCell {
    private static final double NANOS_PER_SECOND = 1e9;

    private final QualityConfig config;
    private final Consumer<String> told;
    private final PausableClock clock;
    private final long startUpNanos;

    /**
     * Trains.
     *
     * @param clock nanoseconds that only go forward
     * @param startUpNanos what a process takes before it trains, which counts
     */
    OurCell(QualityConfig config, LongSupplier clock, long startUpNanos, Consumer<String> told) {
        this.config = config;
        this.clock = new PausableClock(clock);
        this.startUpNanos = startUpNanos;
        this.told = told;
    }

    CellResult run(CellKey key, Recipe given, Evaluator evaluator, String protocol) {
        long started = clock.getAsLong() - startUpNanos;
        Duration time = Duration.ofNanos(Math.round(key.minutes() * 60 * NANOS_PER_SECOND));
        Budget budget = new Budget(time, started, clock, Set.of(), false);
        DataRequest request = config.data();
        List<CellResult.Point> points = new ArrayList<>();
        long steps = 0;
        String end = CellResult.DONE;
        try (Dataset data = request.open(given.dataOptions())) {
            Dataset prepared = given.prepare(data, key.seed(), told).dataset();
            Recipe recipe = budget.fit(
                    given, prepared, RunOptions.DEFAULT.seed(key.seed()).dataSource(request), told);
            steps = recipe.steps(data.size());
            TrainingSetup setup = TrainingSetup.of(key.seed(), Device.CPU, Precision.FLOAT32);
            try (Training training = recipe.train(prepared, setup)) {
                train(training, budget, training.evaluation(evaluator, data), points);
                long done = training.state().step();
                if (done < steps) {
                    end = "the time was over after step " + done + " of " + steps
                            + ": the machine became slower than it was when the length was set";
                }
                steps = done;
            }
        } catch (TrainingDivergedException diverged) {
            end = CellResult.DIVERGED + diverged.getMessage();
        } catch (RequestException tooShort) {
            end = String.valueOf(tooShort.getMessage());
        }
        return new CellResult(key.method(), key.minutes(), key.seed(), protocol, steps, end, points);
    }

    private void train(Training training, Budget budget, Evaluation evaluation, List<CellResult.Point> points) {
        double whole = budget.time().toNanos() / NANOS_PER_SECOND;
        for (int point = 1; point <= config.points(); point++) {
            long before = training.state().step();
            boolean last = point == config.points();
            runUntil(training, last ? Double.MAX_VALUE : whole * point / config.points(), budget);
            long step = training.state().step();
            if (step == before) {
                continue; // the start took longer, or all steps are done
            }
            double seconds = budget.elapsed();
            clock.pause();
            points.add(CellResult.Point.ofMeasurements(seconds, step, evaluation.measure()));
            clock.goOn();
        }
    }

    /** Trains until this many seconds have passed, all steps are done or the time is over. */
    private static void runUntil(Training training, double seconds, Budget budget) {
        if (budget.elapsed() >= seconds || budget.isOver()) {
            return;
        }
        Stopper stopper = new Stopper(() -> budget.elapsed() >= seconds || budget.isOver());
        Trainer trainer = training.trainer(List.of(stopper));
        stopper.trainer = Optional.of(trainer);
        trainer.runUntil(training.steps());
    }

    /** Ends a loop as soon as a time is over. */
    private static final class Stopper implements TrainingListener {
        private final BooleanSupplier over;
        private Optional<Trainer> trainer = Optional.empty();

        Stopper(BooleanSupplier over) {
            this.over = over;
        }

        @Override
        public void onStep(TrainingState state, StepReport report) {
            if (over.getAsBoolean()) {
                trainer.ifPresent(Trainer::requestStop);
            }
        }
    }
}
