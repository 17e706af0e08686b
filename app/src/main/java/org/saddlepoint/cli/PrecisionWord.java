package org.saddlepoint.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.saddlepoint.training.Precision;
import picocli.CommandLine.TypeConversionException;

/** What {@code train --precision} takes: an arithmetic, or the faster one. */
enum PrecisionWord {
    AUTO(Optional.empty()),
    FLOAT32(Optional.of(Precision.FLOAT32)),
    BFLOAT16(Optional.of(Precision.BFLOAT16));

    private final Optional<Precision> precision;

    PrecisionWord(Optional<Precision> precision) {
        this.precision = precision;
    }

    /** Which was named; empty if it is to be measured. */
    Optional<Precision> precision() {
        return precision;
    }

    /** The word in any case. */
    static PrecisionWord of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("expected auto, float32 or bfloat16 but was '" + word + "'"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
