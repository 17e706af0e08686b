package org.saddlepoint.diagnostics.symptoms;

import java.util.Locale;
import java.util.OptionalLong;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Series;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Stage;

/**
 * A signal that stays low.
 *
 * @param signal which
 * @param bound below which it is low
 * @param readings in a row
 * @param stage after which they count
 */
record Low(Signal signal, double bound, int readings, Stage stage) {
    /** The first of the readings that are low up to now; empty where they are too few. */
    OptionalLong since(Signals signals) {
        return counted(signals).since(value -> value < bound, readings);
    }

    /** The last value of the signal that counts. */
    double last(Signals signals) {
        return counted(signals).last();
    }

    private Series counted(Signals signals) {
        return signals.series(signal, stage);
    }

    Evidence evidence(Signals signals) {
        return Evidence.of(signal, last(signals), "< " + Evidence.number(bound));
    }

    /** The condition in words, for the rule of the symptom. */
    String words() {
        return String.format(
                Locale.ROOT,
                "%s below %s in %d readings after %s",
                signal.words(),
                Evidence.number(bound),
                readings,
                stage.words());
    }
}
