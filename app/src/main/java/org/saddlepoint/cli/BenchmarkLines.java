package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.benchmarks.BenchmarkReport;
import org.saddlepoint.benchmarks.PowerLaw;
import org.saddlepoint.benchmarks.Scaling;
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
                        : "PyTorch: " + peer.torch() + ", " + report.precision() + ", " + peer.threads() + " threads");
        for (BenchmarkReport.Step step : report.steps()) {
            lines.add(speed(step));
            if (step.multiple() != null && step.generatorMultiple() != null) {
                lines.add(multiples(step, report.baseline()));
            }
            lines.add(limit(step.limit()));
            BenchmarkReport.Memory memory = step.memory();
            if (memory != null) {
                lines.add(memory(memory));
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

    private static String limit(BenchmarkReport.Limit limit) {
        return String.format(
                Locale.ROOT,
                "          %.3g GFLOP a step at %.0f %% of the best rate of its products, %.1f GFLOP/s",
                limit.operationsPerStep() / 1e9,
                100 * limit.share(),
                limit.bestOperationsPerSecond() / 1e9);
    }

    private static String memory(BenchmarkReport.Memory memory) {
        String line = "          memory at most " + mebibytes(memory.ours());
        return memory.defaults() == null
                ? line
                : line + ", PyTorch " + mebibytes(memory.defaults()) + "; at its best " + mebibytes(memory.best());
    }

    private static String mebibytes(@Nullable Long kibibytes) {
        return kibibytes == null ? "unknown" : String.format(Locale.ROOT, "%,d MiB", Math.round(kibibytes / 1024.0));
    }

    private static String words(BenchmarkReport.@Nullable Spread spread) {
        return spread == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", spread.median(), spread.min(), spread.max());
    }

    /** The fitted power, and a table of what was measured. */
    static List<String> of(Scaling scaling) {
        List<String> lines = new ArrayList<>();
        PowerLaw fit = scaling.fit();
        lines.add("cost of a step against " + scaling.knob() + (fit == null ? "" : ": " + power(scaling.knob(), fit)));
        for (Scaling.Point point : scaling.points()) {
            BenchmarkReport.Spread seconds = point.secondsPerStep();
            lines.add(String.format(
                    Locale.ROOT,
                    "  %5d %10.2f ms (%.2f to %.2f)",
                    point.value(),
                    1e3 * seconds.median(),
                    1e3 * seconds.min(),
                    1e3 * seconds.max()));
        }
        return lines;
    }

    private static String power(String knob, PowerLaw fit) {
        Double error = fit.standardError();
        return String.format(Locale.ROOT, "%s^%.2f", knob, fit.exponent())
                + (error == null ? "" : String.format(Locale.ROOT, ", standard error %.2f", error));
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
