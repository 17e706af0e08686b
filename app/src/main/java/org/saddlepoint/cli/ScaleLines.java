package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.benchmarks.scale.CostModel;
import org.saddlepoint.benchmarks.scale.ScaleReport;

/** What {@code bench --scale} measured, for people. */
final class ScaleLines {
    private ScaleLines() {}

    static List<String> of(ScaleReport report) {
        List<String> lines = new ArrayList<>();
        CostModel sums = report.sums();
        lines.add(String.format(
                Locale.ROOT,
                "sums between processes of this machine (%d cores): latency %.1f us, %.2f GB/s",
                report.cores(),
                1e6 * sums.latency(),
                1e-9 / sums.secondsPerByte()));
        for (CostModel.Probe probe : report.probes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %d ranks, %,11d bytes: %9.3f ms, model %9.3f ms",
                    probe.ranks(),
                    probe.bytes(),
                    1e3 * probe.seconds(),
                    1e3 * sums.seconds(probe.ranks(), 1, (double) probe.bytes())));
        }
        for (ScaleReport.Measured each : report.workloads()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s, batches of %d: %.1f MB in %.0f sums a step; one core: %.1f ms + %.2f ms an example",
                    each.workload(),
                    each.batch(),
                    each.bytes() / 1e6,
                    each.messages(),
                    1e3 * each.compute().fixed(),
                    1e3 * each.compute().perExample()));
            each.settings().forEach(setting -> lines.add(setting(setting)));
            if (each.efficiency() != null) {
                lines.add("  2 processes x 1 thread are " + spread(each.efficiency(), 1)
                        + " times as fast as 1 process x 2 threads");
            }
        }
        lines.add("efficiency of 1, 2, 4, ... 1024 ranks by the model, each with the batch of one:");
        for (ScaleReport.Drawn drawn : report.drawn()) {
            lines.add("  " + drawn.network() + "; " + drawn.interconnect() + ": "
                    + drawn.efficiencies().stream()
                            .map(value -> String.format(Locale.ROOT, "%.3f", value))
                            .collect(Collectors.joining(" "))
                    + String.format(Locale.ROOT, "; to 64 at least %.3f per doubling", drawn.worstDoubling()));
        }
        return lines;
    }

    private static String setting(ScaleReport.Setting setting) {
        return String.format(
                Locale.ROOT,
                "  %d x %d threads, batch %-3d %s ms a step%s%s",
                setting.processes(),
                setting.threads(),
                setting.batch(),
                spread(setting.seconds(), 1e3),
                setting.processes() == 1 ? "" : ", in sums " + spread(setting.exchange(), 100) + " %",
                setting.predicted() == null
                        ? ""
                        : String.format(Locale.ROOT, ", model %.1f ms", 1e3 * setting.predicted()));
    }

    private static String spread(Spread spread, double unit) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", unit * spread.median(), unit * spread.min(), unit * spread.max());
    }
}
