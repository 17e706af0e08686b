package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Evidence;
import org.saddlepoint.diagnostics.Facts;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Signals;
import org.saddlepoint.diagnostics.Symptom;

/**
 * A symptom of translators: a signal stays low.
 *
 * @param id as {@link Symptom#id}
 * @param title as {@link Symptom#title}, and what is told where it is found
 * @param low the signal
 * @param source of the bound
 * @param beside what is told beside it, and may make it a failure
 * @param causes the likeliest first
 */
record LowOfTranslator(String id, String title, Low low, String source, Beside beside, List<Cause> causes)
        implements Symptom {
    /**
     * A second signal, told beside the first, which may make a failure of the warning.
     *
     * @param signal which
     * @param failedAbove a median above this makes a failure of the warning; infinite where nothing does
     * @param bound its evidence is told against
     */
    record Beside(Signal signal, double failedAbove, String bound) {
        /** One that is told alone. */
        static Beside told(Signal signal, String bound) {
            return new Beside(signal, Double.POSITIVE_INFINITY, bound);
        }

        /** One that makes a failure. */
        static Beside failedAbove(Signal signal, double bound) {
            return new Beside(signal, bound, "> " + Evidence.number(bound) + " for failed");
        }

        private boolean canFail() {
            return Double.isFinite(failedAbove);
        }
    }

    LowOfTranslator {
        causes = List.copyOf(causes);
    }

    @Override
    public String rule() {
        String second = beside.canFail()
                ? "; failed where the " + beside.signal().words() + " is above " + Evidence.number(beside.failedAbove())
                : "";
        return low.words() + second + " (" + source + ")";
    }

    @Override
    public Set<Signal> needs() {
        return Set.of(low.signal());
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.translates();
    }

    @Override
    public Optional<Finding> look(Signals signals) {
        OptionalLong since = low.since(signals);
        if (since.isEmpty()) {
            return Optional.empty();
        }
        double second = signals.series(beside.signal()).tail(low.readings()).median();
        return Optional.of(new Finding(
                id,
                second > beside.failedAbove() ? Severity.FAILED : Severity.WARNING,
                since.getAsLong(),
                title + " (" + low.signal().words() + ": " + Evidence.number(low.last(signals)) + ")",
                List.of(low.evidence(signals), Evidence.of(beside.signal(), second, beside.bound())),
                causes));
    }
}
