package org.saddlepoint.diagnostics.symptoms;

import java.util.List;
import org.saddlepoint.diagnostics.Cause;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.Signal;
import org.saddlepoint.diagnostics.Stage;
import org.saddlepoint.diagnostics.Symptom;

/** Symptoms that translators alone have. */
final class Translators {
    private static final Cause SLOW = Cause.of("D learns too slowly, or is too small", Remedy.FASTER_DISCRIMINATOR);

    /** One picture whatever the input: failed where contrast is kept, so that it is a picture and not grey. */
    private static final Symptom IGNORED_INPUT = new LowOfTranslator(
            "ignored-input",
            "the translator ignores its input",
            new Low(Signal.INPUT_EFFECT, 0.2, 4, Stage.TWENTIETH),
            "our own",
            LowOfTranslator.Beside.failedAbove(Signal.CONTRAST, ColourDrift.LOW),
            List.of(
                    Cause.of("D outweighs the loss that ties outputs to inputs", Remedy.LESS_ADVERSARIAL),
                    Cause.of("the learning rates are high", Remedy.LOWER_RATES, Remedy.MUCH_LOWER_RATES)));

    /** Gives back its input; networks that begin at the identity have until this stage. */
    private static final Symptom COPIED_INPUT = new LowOfTranslator(
            "copied-input",
            "the translator copies its input",
            new Low(Signal.INPUT_CHANGE, 0.1, 4, Stage.TENTH),
            "our own",
            LowOfTranslator.Beside.told(Signal.INPUT_EFFECT, "near 1 of copies"),
            List.of(
                    Cause.of("the cycle or identity loss outweighs D", Remedy.MORE_ADVERSARIAL),
                    SLOW,
                    Cause.of("both kinds of pictures are the same", Remedy.MEND_DATA)));

    /** Translations with much less detail than their targets: blurred, or grey. */
    private static final Symptom DULL_OUTPUT = new LowOfTranslator(
            "dull-output",
            "translations are dull",
            new Low(Signal.DETAIL, 0.15, 5, Stage.FIFTH),
            "our own; an L1 loss alone gives the median, Isola et al. 2017, section 3.1",
            LowOfTranslator.Beside.told(Signal.CONTRAST, "1 of real pictures"),
            List.of(
                    Cause.of("the loss of distance outweighs D", Remedy.MORE_ADVERSARIAL),
                    SLOW,
                    Cause.of("it has not trained for long")));

    /** All, the gravest first. */
    static final List<Symptom> ALL = List.of(IGNORED_INPUT, COPIED_INPUT, DULL_OUTPUT);

    private Translators() {}
}
