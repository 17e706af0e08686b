package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.run.MetricsRow;
import org.saddlepoint.training.StepReport;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/**
 * Takes readings of a training, writes them and what is found to {@code diagnosis.jsonl}, and tells of findings at once. It
 * takes at most the share of time that its {@link Pace} allows, and changes nothing.
 */
public final class DiagnosisListener implements TrainingListener, AutoCloseable {
    /** What the first reading is taken to cost, before it is known; classes are loaded for it. */
    private static final long FIRST_NANOS = 100_000_000;

    private final Probe probe;
    private final Pace pace;
    private final MetricsLog log;
    private final Watch watch;
    private final LongSupplier waited;
    private final Told told;
    private final int lossEvery;
    private final Losses losses = new Losses();
    private Signals signals;
    private boolean armed;
    private long began;
    private long spent;
    private long expected = FIRST_NANOS;
    private long waitedBefore;
    private long readAt;

    /** Is told of what is found. */
    @FunctionalInterface
    public interface Told {
        /** An episode began, or got worse, at this step. */
        void found(long step, Episode episode);
    }

    /**
     * Where a diagnosis comes from and goes to.
     *
     * @param probe measures; belongs to the listener from now on
     * @param pace says when
     * @param log takes readings and findings; stays the caller's
     * @param lossEvery steps from one loss that is looked at to the next
     * @param waited nanoseconds that the training has waited for data so far
     */
    public record Setup(Probe probe, Pace pace, MetricsLog log, int lossEvery, LongSupplier waited) {}

    /**
     * Listens to a training.
     *
     * @param signals known of earlier processes, or of none
     */
    public DiagnosisListener(Setup setup, List<Symptom> symptoms, Signals signals, Told told) {
        this.probe = setup.probe();
        this.pace = setup.pace();
        this.log = setup.log();
        this.lossEvery = setup.lossEvery();
        this.waited = setup.waited();
        this.watch = new Watch(symptoms);
        this.signals = signals;
        this.told = told;
        losses.start(signals);
        History.replay(signals, watch);
    }

    @Override
    public void onStart(TrainingState state) {
        began = System.nanoTime();
        readAt = began;
        spent = 0;
        waitedBefore = waited.getAsLong();
        if (!signals.readings().isEmpty() && signals.step() > state.step()) { // after a return to a checkpoint
            signals = signals.until(state.step());
            losses.start(signals);
        }
        armed = false;
        armIfDue(state);
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (state.step() % lossEvery == 0) {
            losses.add(state.step(), report);
        }
        if (armed) {
            read(state);
        }
        armIfDue(state);
    }

    private void armIfDue(TrainingState state) {
        long elapsed = System.nanoTime() - began;
        armed = pace.isDue(state.step() + 1, spent, expected, elapsed);
        if (armed) {
            probe.arm();
        }
    }

    private void read(TrainingState state) {
        long start = System.nanoTime();
        EnumMap<Signal, Double> values = new EnumMap<>(Signal.class);
        values.putAll(probe.measure(state));
        long waitedNow = waited.getAsLong();
        values.put(Signal.WAITING, (waitedNow - waitedBefore) / (double) Math.max(1, start - readAt));
        values.put(Signal.COST, spent / (double) Math.max(1, start - began));
        waitedBefore = waitedNow;
        Reading reading = new Reading(state.step(), values);
        log.append(reading.row());
        signals = signals.with(reading).withLosses(losses.discriminator(), losses.generator());
        tell(state.step());
        long now = System.nanoTime();
        boolean first = spent == 0;
        spent += now - start;
        expected = first ? (now - start) / 2 : Math.min(2 * expected, now - start); // the first one loads classes
        readAt = now;
    }

    private void tell(long step) {
        List<MetricsRow> rows = new ArrayList<>();
        for (Episode episode : watch.look(signals)) {
            rows.add(FindingRow.of(step, episode));
            told.found(step, episode);
        }
        log.append(rows);
    }

    @Override
    public void onFailure(TrainingState state, RuntimeException failure) {
        if (failure instanceof TrainingDivergedException diverged) {
            signals = signals.withLosses(losses.discriminator(), losses.generator())
                    .failed(new Signals.Failure(diverged.step(), diverged.measured()));
            tell(diverged.step());
        }
    }

    /** What is known so far. */
    public Signals signals() {
        return signals;
    }

    /** What was found and lasts. */
    public List<Episode> open() {
        return watch.open();
    }

    @Override
    public void close() {
        probe.close();
    }

    /** Losses as they come. */
    private static final class Losses {
        private final List<Long> steps = new ArrayList<>();
        private final Map<String, List<Double>> values = new java.util.HashMap<>();

        void start(Signals known) {
            steps.clear();
            values.clear();
            Series first = known.discriminatorLoss();
            for (int i = 0; i < first.size(); i++) {
                steps.add(first.step(i));
                add(MetricsRow.DISCRIMINATOR_LOSS, first.value(i));
                add(
                        MetricsRow.GENERATOR_LOSS,
                        i < known.generatorLoss().size() ? known.generatorLoss().value(i) : Double.NaN);
            }
        }

        void add(long step, StepReport report) {
            steps.add(step);
            add(MetricsRow.DISCRIMINATOR_LOSS, report.values().getOrDefault(MetricsRow.DISCRIMINATOR_LOSS, Double.NaN));
            add(MetricsRow.GENERATOR_LOSS, report.values().getOrDefault(MetricsRow.GENERATOR_LOSS, Double.NaN));
        }

        private void add(String name, double value) {
            values.computeIfAbsent(name, unknown -> new ArrayList<>()).add(value);
        }

        Series discriminator() {
            return of(MetricsRow.DISCRIMINATOR_LOSS);
        }

        Series generator() {
            return of(MetricsRow.GENERATOR_LOSS);
        }

        private Series of(String name) {
            List<Double> known = values.getOrDefault(name, List.of());
            return Series.of(
                    steps.stream().mapToLong(Long::longValue).toArray(),
                    known.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}
