package org.saddlepoint;

import java.util.Locale;
import org.saddlepoint.recipes.EvaluationPlan;

/**
 * How many steps fit into a budget, from what a measured start took.
 *
 * @param steps how long the training is
 * @param evaluateEvery steps from one evaluation to the next; 0 where nothing is evaluated
 * @param speed what was measured
 */
record BudgetPlan(long steps, int evaluateEvery, Speed speed) {
    /** Fewer steps are a trial of the installation and no training. */
    static final int FEWEST_STEPS = 10;

    /** What is not measured, such as sheets and checkpoints, and the machine's changes of pace. */
    private static final double MARGIN = 0.96;

    /** Where nobody says how often: so often, in at most this share of the time. */
    private static final int EVALUATIONS = 4;

    private static final double SHARE_OF_EVALUATIONS = 0.25;

    /**
     * What a measured start took.
     *
     * @param secondsPerStep mean of the measured steps
     * @param secondsPerEvaluation of one evaluation; 0 where nothing is evaluated
     */
    record Speed(double secondsPerStep, double secondsPerEvaluation) {}

    /**
     * Plans what is left of a budget.
     *
     * @param left seconds for steps and evaluations
     * @param every steps from one evaluation to the next as the user says, or 0 if that is to follow from the length
     * @throws RequestException if the time is too short for an evaluation, or for {@value #FEWEST_STEPS} steps
     */
    static BudgetPlan of(Budget budget, double left, Speed speed, int every) {
        double evaluation = speed.secondsPerEvaluation();
        double least = FEWEST_STEPS * speed.secondsPerStep() / MARGIN + evaluation;
        if (left < least) {
            throw tooShort(budget, left, speed, least);
        }
        if (evaluation == 0) {
            return new BudgetPlan(steps(left, speed), 0, speed);
        }
        if (every == 0) {
            int count = (int) Math.max(1, Math.min(EVALUATIONS, SHARE_OF_EVALUATIONS * left / evaluation));
            long steps = steps(left - count * evaluation, speed);
            return new BudgetPlan(steps, (int) Math.min(Integer.MAX_VALUE, (steps + count - 1) / count), speed);
        }
        // More steps take more evaluations: the fewest evaluations for which there is time for no more steps than they
        // cover.
        long count = 1;
        long steps = steps(left - evaluation, speed);
        while ((steps + every - 1) / every > count) {
            count++;
            steps = Math.max(Math.min(steps, (count - 1) * every), steps(left - count * evaluation, speed));
        }
        return new BudgetPlan(steps, every, speed);
    }

    private static long steps(double seconds, Speed speed) {
        return (long) Math.floor(Math.max(0, seconds) * MARGIN / speed.secondsPerStep());
    }

    private static RequestException tooShort(Budget budget, double left, Speed speed, double least) {
        boolean evaluates = speed.secondsPerEvaluation() > 0;
        double minutes = Math.ceil((budget.seconds() - left + least) * 1.1 / 60 * 100) / 100;
        return new RequestException(String.format(
                Locale.ROOT,
                "%s minutes are too short: %.1f s went by before the first step, %sand a step takes %.3g s here, so that %s;"
                        + " give at least %s minutes",
                number(budget.seconds() / 60),
                Math.max(0, budget.seconds() - left),
                evaluates
                        ? String.format(Locale.ROOT, "one evaluation takes %.1f s ", speed.secondsPerEvaluation())
                        : "",
                speed.secondsPerStep(),
                evaluates ? "one evaluation does not fit" : "fewer than " + FEWEST_STEPS + " steps fit",
                number(minutes)));
    }

    private static String number(double minutes) {
        return minutes == Math.rint(minutes)
                ? Long.toString((long) minutes)
                : String.format(Locale.ROOT, "%.4f", minutes).replaceAll("0+$", "");
    }

    /** What is planned, in one line. */
    String describe(Budget budget) {
        return String.format(
                Locale.ROOT,
                "%s minutes: %,d steps of %.3g s, as measured%s, after a start of %.1f s",
                number(budget.seconds() / 60),
                steps,
                speed.secondsPerStep(),
                evaluateEvery == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", an evaluation of %.1f s every %,d",
                                speed.secondsPerEvaluation(),
                                evaluateEvery),
                budget.elapsed());
    }

    /** The evaluations of a run as long as this. */
    EvaluationPlan applied(EvaluationPlan plan) {
        return evaluateEvery == 0 ? plan : plan.every(evaluateEvery);
    }
}
