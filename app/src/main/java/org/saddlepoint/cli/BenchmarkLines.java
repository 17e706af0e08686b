package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport;
import org.saddlepoint.benchmarks.StepProfile;

/** What {@code bench} measured, for people. */
final class BenchmarkLines {
    /** Operations of less than this share of a step are shown together. */
    private static final double LEAST_SHARE = 0.01;

    private BenchmarkLines() {}

    /** Our speed and the ratios, a line each; for constrained methods another with multiples of the baseline. */
    static List<String> of(BenchmarkReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Saddlepoint: libtorch " + report.libtorch() + ", " + report.precision() + ", " + report.threads()
                + " threads");
        BenchmarkReport.Peer peer = report.peer();
        lines.add(
                peer == null
                        ? "no comparison: " + report.peerAbsence()
                        : "PyTorch: " + peer.torch() + ", float32, " + peer.threads() + " threads");
        for (BenchmarkReport.Step step : report.steps()) {
            lines.add(speed(step));
            if (step.multiple() != null && step.generatorMultiple() != null) {
                lines.add(multiples(step, report.baseline()));
            }
        }
        return lines;
    }

    private static String speed(BenchmarkReport.Step step) {
        String line = String.format(
                Locale.ROOT,
                "batch %-3d %-22s %s images/s",
                step.batchSize(),
                step.method(),
                rate(step.imagesPerSecond()));
        BenchmarkReport.Comparison defaults = step.defaults();
        BenchmarkReport.Comparison best = step.best();
        return defaults == null || best == null
                ? line
                : line + ", PyTorch" + ratio(defaults) + "; at its best" + ratio(best);
    }

    private static String ratio(BenchmarkReport.Comparison theirs) {
        return " " + rate(theirs.imagesPerSecond()) + ", ratio " + words(theirs.ratio());
    }

    /** The median; with decimals where it is small. */
    private static String rate(BenchmarkReport.Spread imagesPerSecond) {
        double median = imagesPerSecond.median();
        return String.format(Locale.ROOT, median < 100 ? "%6.2f" : "%,6.0f", median);
    }

    private static String multiples(BenchmarkReport.Step step, String baseline) {
        BenchmarkReport.Comparison defaults = step.defaults();
        return String.format(
                "          step %s times %s%s, generator's update %s times",
                words(step.multiple()),
                baseline,
                defaults == null ? "" : " (PyTorch: " + words(defaults.multiple()) + ")",
                words(step.generatorMultiple()));
    }

    private static String words(BenchmarkReport.@Nullable Spread spread) {
        return spread == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", spread.median(), spread.min(), spread.max());
    }

    /** A table of operations, the longest first. */
    static List<String> of(StepProfile profile) {
        List<String> lines = new ArrayList<>();
        double whole = profile.secondsPerStep();
        lines.add(String.format(
                Locale.ROOT, "batch %d %s: %.2f ms a step", profile.batchSize(), profile.method(), whole * 1e3));
        lines.add("  operation               calls a step   ms a step   share");
        double restCalls = 0;
        double restSeconds = 0;
        for (StepProfile.Operation operation : profile.operations()) {
            if (operation.secondsPerStep() < LEAST_SHARE * whole) {
                restCalls += operation.callsPerStep();
                restSeconds += operation.secondsPerStep();
            } else {
                lines.add(row(
                        operation.name(),
                        String.format(Locale.ROOT, "%.1f", operation.callsPerStep()),
                        operation.secondsPerStep(),
                        whole));
            }
        }
        lines.add(row("all others", String.format(Locale.ROOT, "%.1f", restCalls), restSeconds, whole));
        lines.add(row("outside operations", "", profile.secondsOutside(), whole));
        return lines;
    }

    private static String row(String name, String calls, double seconds, double whole) {
        return String.format(
                Locale.ROOT, "  %-22s %13s %11.2f %6.1f%%", name, calls, seconds * 1e3, 100 * seconds / whole);
    }
}
