package org.saddlepoint.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.run.MetricsRow;

/** What symptoms say of readings made up for it. */
class SymptomsTest {
    static final Facts FACTS = new Facts(
            "test", true, 5000, 64, 1, 2e-4, 2e-4, 0.5, false, false, false, false, false, true, true, true, true,
            false, 10_000);

    /** Readings of a healthy training, every hundred steps, changed by somebody. */
    static Signals readings(int count, BiConsumer<Integer, Map<Signal, Double>> change) {
        return readings(FACTS, count, change);
    }

    static Signals readings(Facts facts, int count, BiConsumer<Integer, Map<Signal, Double>> change) {
        List<Reading> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<Signal, Double> values = healthy(i);
            change.accept(i, values);
            all.add(new Reading(100L * (i + 1), values));
        }
        return new Signals(facts, all, Series.EMPTY, Series.EMPTY, Optional.empty());
    }

    private static Map<Signal, Double> healthy(int i) {
        Map<Signal, Double> values = new EnumMap<>(Signal.class);
        values.put(Signal.DIVERSITY, 0.95);
        values.put(Signal.RANK, 0.9);
        values.put(Signal.DUPLICATES, 0.0);
        values.put(Signal.COVERAGE, 0.6);
        double distance = 0.1 + 1.0 / (i + 1);
        values.put(Signal.DISTANCE, distance);
        values.put(Signal.AVERAGE_DISTANCE, distance);
        values.put(Signal.EVALUATION_DISTANCE, distance);
        values.put(Signal.MOVEMENT, 0.2);
        values.put(Signal.SEPARATION, 0.8);
        values.put(Signal.D_SLOPE, 0.7);
        values.put(Signal.G_SLOPE, 1.2);
        values.put(Signal.REAL_SIGN, 0.3);
        values.put(Signal.G_GRADIENT, 1.0);
        values.put(Signal.D_GRADIENT, 1.0);
        values.put(Signal.G_SIGMA, 2.0);
        values.put(Signal.D_SIGMA, 2.0);
        values.put(Signal.G_DEAD, 0.1);
        values.put(Signal.D_DEAD, 0.0);
        values.put(Signal.LABEL_EFFECT, 0.8);
        values.put(Signal.LATENT_EFFECT, 0.9);
        values.put(Signal.CLASS_EFFECT, 1.2);
        values.put(Signal.GRID, 0.02);
        values.put(Signal.REAL_GRID, 0.01);
        values.put(Signal.BRIGHTNESS, 0.1);
        values.put(Signal.CONTRAST, 1.0);
        values.put(Signal.COPYING, 1.1);
        values.put(Signal.DATA_DUPLICATES, 0.0);
        values.put(Signal.WAITING, 0.01);
        return values;
    }

    /** What all symptoms find, by id. */
    static Map<String, Finding> found(Signals signals) {
        Map<String, Finding> found = new java.util.LinkedHashMap<>();
        for (Symptom symptom : Symptoms.ALL) {
            if (symptom.appliesTo(signals.facts())) {
                symptom.look(signals).ifPresent(finding -> found.put(symptom.id(), finding));
            }
        }
        return found;
    }

    static void requireFailed(Signals signals, String id) {
        assertThat(found(signals)).containsOnlyKeys(id);
        assertThat(found(signals).get(id).severity()).isEqualTo(Severity.FAILED);
    }

    static void requireWarning(Signals signals, String id) {
        assertThat(found(signals)).containsOnlyKeys(id);
        assertThat(found(signals).get(id).severity()).isEqualTo(Severity.WARNING);
    }

    static BiConsumer<Integer, Map<Signal, Double>> from(int first, Map<Signal, Double> values) {
        return (i, reading) -> {
            if (i >= first) {
                reading.putAll(values);
            }
        };
    }

    @Test
    void aHealthyTrainingHasNoSymptom() {
        assertThat(found(readings(20, (i, values) -> {}))).isEmpty();
        assertThat(found(Signals.of(FACTS))).as("of nothing nothing is said").isEmpty();
        assertThat(found(readings(1, (i, values) -> {}))).isEmpty();
    }

    @Test
    void eachSymptomHasAnIdARuleAndANeed() {
        List<String> ids = Symptoms.ALL.stream().map(Symptom::id).toList();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        Symptoms.ALL.forEach(symptom -> {
            assertThat(symptom.rule()).isNotBlank();
            assertThat(symptom.title()).isNotBlank();
            assertThat(symptom.needs()).isNotEmpty();
        });
    }

    @Test
    void totalCollapseNeedsTwoSignals() {
        Signals both = readings(20, from(12, Map.of(Signal.DIVERSITY, 0.1, Signal.RANK, 0.1)));
        requireFailed(both, "mode-collapse");
        assertThat(found(both).get("mode-collapse").since()).isEqualTo(1300);
        requireWarning(readings(20, from(12, Map.of(Signal.DIVERSITY, 0.2))), "mode-collapse");
        assertThat(found(readings(20, from(18, Map.of(Signal.DIVERSITY, 0.1, Signal.RANK, 0.1)))))
                .as("two readings are too few")
                .isEmpty();
        assertThat(found(readings(4, (i, values) -> values.putAll(Map.of(Signal.DIVERSITY, 0.1, Signal.RANK, 0.1)))))
                .as("initial weights draw one sample")
                .isEmpty();
        Map<Signal, Double> nearEachOther = Map.of(Signal.DIVERSITY, 0.1, Signal.COVERAGE, 0.0);
        requireFailed(readings(30, from(12, nearEachOther)), "mode-collapse");
        requireWarning(readings(20, from(12, nearEachOther)), "mode-collapse"); // by this sign it may heal
        assertThat(found(readings(30, (i, values) -> {
                    values.putAll(nearEachOther);
                    values.put(Signal.MOVEMENT, 0.01);
                })))
                .as("a generator that has not begun has lost nothing")
                .isEmpty();
    }

    @Test
    void droppedModesAreCountedWhereTheyAreKnown() {
        Map<Signal, Double> few = Map.of(Signal.MODES, 0.25, Signal.COVERAGE, 0.2);
        requireFailed(readings(60, from(8, few)), "partial-collapse");
        requireWarning(readings(35, from(8, few)), "partial-collapse"); // they may come yet
        assertThat(found(readings(60, from(0, with(few, Signal.MOVEMENT, 0.001)))))
                .as("a generator that has not begun has dropped nothing")
                .isEmpty();
        assertThat(found(readings(60, (i, values) -> {
                            values.putAll(few);
                            values.put(Signal.COVERAGE, Math.min(0.45, 0.01 * i));
                        }))
                        .get("partial-collapse")
                        .severity())
                .as("modes that are still being found")
                .isEqualTo(Severity.WARNING);
        requireWarning(readings(60, from(8, Map.of(Signal.MODES, 0.7, Signal.COVERAGE, 0.6))), "partial-collapse");
        assertThat(found(readings(60, from(8, Map.of(Signal.MODES, 0.9))))).isEmpty();
        assertThat(found(readings(20, from(8, few)))).as("modes come late").isEmpty();
        requireWarning(readings(30, from(24, Map.of(Signal.COVERAGE, 0.05, Signal.RANK, 0.4))), "partial-collapse");
    }

    @Test
    void aDiscriminatorThatWinsHasFailedOnlyIfNothingGetsBetter() {
        Map<Signal, Double> wins = Map.of(Signal.SEPARATION, 1.0, Signal.D_SLOPE, 0.01);
        requireWarning(readings(20, from(6, wins)), "vanishing-gradient");
        BiConsumer<Integer, Map<Signal, Double>> stuck = (i, values) -> {
            values.putAll(wins);
            values.put(Signal.DISTANCE, 0.6);
        };
        requireFailed(readings(40, stuck), "vanishing-gradient");
        requireWarning(readings(20, stuck), "vanishing-gradient"); // G may yet find a way
        Map<Signal, Double> flat = Map.of(Signal.SEPARATION, 1.0, Signal.D_SLOPE, 0.01, Signal.G_SLOPE, 0.01);
        requireFailed(readings(20, from(6, flat)), "vanishing-gradient");
        requireWarning(readings(15, from(6, flat)), "vanishing-gradient"); // many D win for a moment
        assertThat(found(readings(20, from(6, Map.of(Signal.SEPARATION, 1.0, Signal.D_SLOPE, 1.0)))))
                .as("a bounded hinge keeps its slope")
                .isEmpty();
        Facts critic = FACTS.asCritic(true);
        assertThat(found(readings(critic, 20, from(6, wins)))).doesNotContainKey("vanishing-gradient");
    }

    @Test
    void lossesAloneShowThatTheDiscriminatorWins() {
        long[] steps = new long[40];
        double[] losses = new double[40];
        for (int i = 0; i < 40; i++) {
            steps[i] = 100L * i;
            losses[i] = i % 2 == 0 ? 0.01 : 0.6;
        }
        Signals signals = Signals.of(Facts.UNKNOWN).withLosses(Series.of(steps, losses), Series.of(steps, losses));
        requireFailed(signals, "vanishing-gradient");
        assertThat(found(signals.withLosses(Series.of(steps, losses).map(value -> value + 0.1), Series.EMPTY)))
                .isEmpty();
        assertThat(found(signals.until(1000))).as("too few").isEmpty();
    }

    @Test
    void lossesThatJumpFarAreAWarning() {
        long[] steps = new long[60];
        double[] calm = new double[60];
        double[] jumps = new double[60];
        double[] starts = new double[60];
        for (int i = 0; i < 60; i++) {
            steps[i] = 100L * i;
            calm[i] = 1 + 0.01 * (i % 2);
            jumps[i] = i < 55 ? calm[i] : 100 * (i % 2);
            starts[i] = i < 40 ? 0.7 + 1e-6 * (i % 2) : 0.7 + 0.01 * (i % 2);
        }
        Signals none = Signals.of(Facts.UNKNOWN);
        requireWarning(none.withLosses(Series.of(steps, jumps), Series.of(steps, calm)), "explosion");
        assertThat(found(none.withLosses(Series.of(steps, calm), Series.of(steps, calm))))
                .isEmpty();
        assertThat(found(none.withLosses(Series.of(steps, starts), Series.of(steps, calm))))
                .as("a loss that begins to move")
                .isEmpty();
    }

    @Test
    void aWeakDiscriminatorIsOneThatMissesWhatStatisticsSee() {
        BiConsumer<Integer, Map<Signal, Double>> blind = (i, values) -> {
            values.put(Signal.SEPARATION, 0.5);
            values.put(Signal.DISTANCE, 1 - 0.01 * i);
        };
        requireFailed(readings(40, blind), "weak-discriminator");
        requireWarning(readings(20, blind), "weak-discriminator"); // it may yet learn
        assertThat(found(readings(30, (i, values) -> values.put(Signal.SEPARATION, 0.5))))
                .as("a draw at the end is the goal")
                .isEmpty();
    }

    @Test
    void numbersThatAreNotFiniteHaveExploded() {
        requireFailed(readings(9, (i, values) -> {}).failed(new Signals.Failure(950, "NaN")), "explosion");
        requireFailed(readings(9, from(8, Map.of(Signal.D_GRADIENT, 500.0, Signal.D_SIGMA, 50.0))), "explosion");
        assertThat(found(readings(9, from(8, Map.of(Signal.D_GRADIENT, 500.0)))))
                .as("one signal is a spike")
                .isEmpty();
        requireFailed(
                readings(5, from(0, Map.of(Signal.G_GRADIENT, 300.0, Signal.G_SIGMA, 400.0))),
                "explosion"); // before there is a history
        assertThat(found(readings(40, (i, values) -> {
                    values.put(Signal.D_GRADIENT, 150.0);
                    values.put(Signal.D_SIGMA, 2.0 + 2 * i);
                })))
                .as("weights that grow slowly")
                .isEmpty();
        assertThat(found(readings(30, from(0, Map.of(Signal.G_SIGMA, 400.0)))))
                .as("large weights behind a normalization do no harm")
                .isEmpty();
    }

    @Test
    void otherSymptomsAreSeenByTheirSignals() {
        requireFailed(readings(20, from(6, Map.of(Signal.D_DEAD, 0.95))), "dead-layers");
        requireWarning(readings(20, from(6, Map.of(Signal.G_DEAD, 0.7))), "dead-layers");
        requireFailed(readings(20, from(6, Map.of(Signal.LABEL_EFFECT, 0.01))), "ignored-label");
        assertThat(found(readings(20, from(6, Map.of(Signal.LABEL_EFFECT, 0.01, Signal.CLASS_EFFECT, 1.0)))))
                .as("labels that say nothing may be ignored")
                .isEmpty();
        requireFailed(readings(20, from(6, Map.of(Signal.LATENT_EFFECT, 0.05))), "ignored-latent");
        requireWarning(readings(20, from(6, Map.of(Signal.COPYING, 0.3))), "memorisation");
        requireFailed(readings(20, from(6, Map.of(Signal.COPYING, 0.1))), "memorisation");
        requireWarning(readings(20, from(6, Map.of(Signal.AVERAGE_DISTANCE, 1.5))), "lagging-average");
        requireWarning(
                readings(20, from(6, Map.of(Signal.EVALUATION_DISTANCE, 1.5, Signal.AVERAGE_DISTANCE, 1.5))),
                "statistics-mismatch");
        requireWarning(readings(30, from(6, Map.of(Signal.GRID, 0.4))), "checkerboard");
        requireWarning(readings(30, from(6, Map.of(Signal.BRIGHTNESS, 0.9))), "colour-drift");
        requireWarning(readings(30, from(6, Map.of(Signal.CONTRAST, 0.3))), "colour-drift");
        requireWarning(readings(3, (i, values) -> values.put(Signal.DATA_DUPLICATES, 0.8)), "data-fault");
        BiConsumer<Integer, Map<Signal, Double>> wandering = (i, values) -> {
            values.put(Signal.MOVEMENT, 0.9);
            values.put(Signal.DISTANCE, 0.6);
            values.put(Signal.AVERAGE_DISTANCE, 0.7 - 0.004 * i);
        };
        requireFailed(readings(40, wandering), "oscillation");
        requireWarning(readings(25, wandering), "oscillation"); // many find their way after a while
        requireWarning(
                readings(40, (i, values) -> {
                    wandering.accept(i, values);
                    values.put(Signal.AVERAGE_DISTANCE, i < 20 ? 0.8 - 0.015 * i : 0.54 - 0.002 * i);
                }),
                "oscillation"); // about a centre that came nearer
        assertThat(found(readings(40, (i, values) -> {
                    wandering.accept(i, values);
                    values.put(Signal.AVERAGE_DISTANCE, 0.7 - 0.008 * i);
                })))
                .as("about a centre that comes nearer")
                .isEmpty();
        requireWarning(readings(20, from(6, Map.of(Signal.OVERFITTING, 0.95))), "discriminator-overfitting");
        requireWarning(
                readings(20, from(6, Map.of(Signal.OVERFITTING, 0.95, Signal.HELD_OUT_GAP, 0.9))),
                "discriminator-overfitting");
        requireFailed(
                readings(
                        20,
                        from(
                                12,
                                Map.of(
                                        Signal.OVERFITTING, 0.95,
                                        Signal.HELD_OUT_GAP, 0.9,
                                        Signal.DISTANCE, 0.34,
                                        Signal.AVERAGE_DISTANCE, 0.2,
                                        Signal.EVALUATION_DISTANCE, 0.34))),
                "discriminator-overfitting");
    }

    static Map<Signal, Double> with(Map<Signal, Double> values, Signal signal, double value) {
        Map<Signal, Double> changed = new EnumMap<>(values);
        changed.put(signal, value);
        return changed;
    }

    @Test
    void dataInHalfOfTheRangeIsAFault() {
        requireWarning(readings(3, (i, values) -> values.put(Signal.DATA_LEAST, 0.0)), "data-fault");
        requireWarning(readings(3, (i, values) -> values.put(Signal.DATA_MOST, 0.0)), "data-fault");
        assertThat(found(readings(
                        3, (i, values) -> values.putAll(Map.of(Signal.DATA_LEAST, -1.0, Signal.DATA_MOST, 0.4)))))
                .isEmpty();
    }

    @Test
    void translatorsThatCopyIgnoreOrDullTheirInput() {
        Facts facts = translating();
        assertThat(found(translator(facts, 0.8, 0.9, 0.7))).isEmpty();
        assertThat(found(translator(facts, 0.02, 0.9, 0.7))).containsOnlyKeys("copied-input");
        assertThat(found(translator(facts, 0.8, 0.05, 0.7))).containsOnlyKeys("ignored-input");
        assertThat(found(translator(facts, 0.8, 0.05, 0.7)).get("ignored-input").severity())
                .isEqualTo(Severity.FAILED);
        assertThat(found(translator(facts, 0.8, 0.9, 0.05))).containsOnlyKeys("dull-output");
        assertThat(found(translator(FACTS, 0.02, 0.05, 0.05)))
                .as("no translator")
                .isEmpty();
    }

    private static Facts translating() {
        return new Facts(
                "test", true, 5000, 64, 1, 2e-4, 2e-4, 0.5, false, false, false, false, false, true, false, true, false,
                true, 10_000);
    }

    private static Signals translator(Facts facts, double change, double effect, double detail) {
        return readings(facts, 40, (i, values) -> {
            values.put(Signal.INPUT_CHANGE, change);
            values.put(Signal.INPUT_EFFECT, effect);
            values.put(Signal.DETAIL, detail);
        });
    }

    @Test
    void aPlateauIsAdvice() {
        Signals flat = readings(30, (i, values) -> {
            values.put(Signal.DISTANCE, 0.2);
            values.put(Signal.AVERAGE_DISTANCE, 0.2);
        });
        assertThat(found(flat)).containsOnlyKeys("plateau");
        assertThat(found(flat).get("plateau").severity()).isEqualTo(Severity.ADVICE);
    }

    @Test
    void aWatchTellsEachFindingOnceAndNotesWhenItHeals() {
        Signals all = readings(20, (i, values) -> {
            if (i >= 5 && i < 12) {
                values.putAll(Map.of(Signal.DIVERSITY, 0.1, Signal.RANK, 0.1));
            }
        });
        Watch watch = new Watch(Symptoms.ALL);
        List<Episode> told = new ArrayList<>();
        all.readings().forEach(reading -> told.addAll(watch.look(all.until(reading.step()))));
        assertThat(told).hasSize(1);
        assertThat(told.get(0).found()).isEqualTo(800);
        assertThat(watch.open()).isEmpty();
        assertThat(watch.episodes()).hasSize(1);
        assertThat(watch.episodes().get(0).healed()).hasValue(1500);
        Watch again = new Watch(Symptoms.ALL);
        History.replay(all, again);
        assertThat(again.episodes()).as("afterwards as live").isEqualTo(watch.episodes());
    }

    @Test
    void aReadingSurvivesItsLine() {
        Reading reading = new Reading(7, Map.of(Signal.RANK, 0.5, Signal.DISTANCE, Double.NaN));
        MetricsRow row = reading.row();
        assertThat(Reading.is(row)).isTrue();
        assertThat(Reading.of(row)).isEqualTo(reading);
        assertThat(Reading.is(new MetricsRow(7, Map.of("kind", "finding")))).isFalse();
    }
}
