package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a training up to a step: what {@link Symptom}s look at. Immutable.
 *
 * @param facts of its settings
 * @param readings in order
 * @param discriminatorLoss as logged
 * @param generatorLoss as logged
 * @param failure what was infinite or NaN, where that ended the training
 */
public record Signals(
        Facts facts,
        List<Reading> readings,
        Series discriminatorLoss,
        Series generatorLoss,
        Optional<Failure> failure) {
    /**
     * Numbers that ended a training.
     *
     * @param step the step in which they came
     * @param words which they were
     */
    public record Failure(long step, String words) {}

    public Signals {
        readings = List.copyOf(readings);
    }

    /** Nothing known yet. */
    public static Signals of(Facts facts) {
        return new Signals(facts, List.of(), Series.EMPTY, Series.EMPTY, Optional.empty());
    }

    /** The same with one more reading. */
    public Signals with(Reading reading) {
        List<Reading> all = new ArrayList<>(readings);
        all.add(reading);
        return new Signals(facts, all, discriminatorLoss, generatorLoss, failure);
    }

    /** The same with these losses. */
    public Signals withLosses(Series discriminator, Series generator) {
        return new Signals(facts, readings, discriminator, generator, failure);
    }

    /** The same, ended by numbers that are not finite. */
    public Signals failed(Failure how) {
        return new Signals(facts, readings, discriminatorLoss, generatorLoss, Optional.of(how));
    }

    /** A signal over the readings that have it. */
    public Series series(Signal signal) {
        List<Reading> found = readings.stream()
                .filter(reading -> reading.values().containsKey(signal))
                .toList();
        return Series.of(
                found.stream().mapToLong(Reading::step).toArray(),
                found.stream()
                        .mapToDouble(reading -> reading.values().get(signal))
                        .toArray());
    }

    /** Whether a signal was ever measured. */
    public boolean has(Signal... signals) {
        return Arrays.stream(signals).allMatch(signal -> readings.stream()
                .anyMatch(reading -> reading.values().containsKey(signal)));
    }

    /** The last step that anything is known of. */
    public long step() {
        long last = readings.isEmpty() ? 0 : readings.get(readings.size() - 1).step();
        for (Series losses : List.of(discriminatorLoss, generatorLoss)) {
            last = losses.isEmpty() ? last : Math.max(last, losses.step(losses.size() - 1));
        }
        return failure.isPresent() ? Math.max(last, failure.get().step()) : last;
    }

    /** Whether a stage of the training is reached. */
    public boolean has(Stage stage) {
        return step() >= stage.step(facts.steps());
    }

    /**
     * Whether what is there since a step has lasted as long as it takes to this stage. What often heals, such as the wandering at the
     * beginning of a training, is a warning before and a failure then.
     */
    public boolean hasLasted(long since, Stage stage) {
        return step() - since >= stage.step(facts.steps());
    }

    /** A signal over the readings that have it, after this stage. */
    public Series series(Signal signal, Stage stage) {
        return series(signal).after(stage.step(facts.steps()));
    }

    /** What was known at an earlier step. */
    public Signals until(long step) {
        return new Signals(
                facts,
                readings.stream().filter(reading -> reading.step() <= step).toList(),
                discriminatorLoss.until(step),
                generatorLoss.until(step),
                failure.filter(how -> how.step() <= step));
    }
}
