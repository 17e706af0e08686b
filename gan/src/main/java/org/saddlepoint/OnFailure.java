package org.saddlepoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run does about what its diagnosis finds. */
public enum OnFailure {
    /** There is no diagnosis. */
    OFF,
    /** It is told and written down, and training goes on. */
    REPORT,
    /** The run ends when it has failed, with a checkpoint to go on from. */
    STOP,
    /** The run returns to its last healthy checkpoint and goes on with a remedy, three times at most. */
    ROLLBACK,
    /** The run goes on with settings changed within bounds, at the first warning, three times at most. */
    ADAPT;

    /** Its word on the command line and in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The choice of a word; empty for those of newer releases. */
    static Optional<OnFailure> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
