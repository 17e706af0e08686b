package org.saddlepoint.diagnostics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.plot.Panel;

/** The evidence of a diagnosis as a figure: losses with marks, and the signals that matter. */
final class DiagnosisFigure {
    /** Names of signals that share a panel, as their scales do. */
    private record Group(String title, List<Signal> signals) {}

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "Variety, over that of real samples",
                    List.of(Signal.DIVERSITY, Signal.RANK, Signal.FEATURE_DIVERSITY, Signal.COVERAGE, Signal.MODES)),
            new Group(
                    "Distance to the data",
                    List.of(Signal.DISTANCE, Signal.AVERAGE_DISTANCE, Signal.EVALUATION_DISTANCE, Signal.MOVEMENT)),
            new Group("What D does", List.of(Signal.SEPARATION, Signal.D_SLOPE, Signal.G_SLOPE, Signal.REAL_SIGN)),
            new Group(
                    "Training and held-out examples",
                    List.of(Signal.OVERFITTING, Signal.HELD_OUT_GAP, Signal.ESTIMATE, Signal.HELD_OUT_ESTIMATE)),
            new Group(
                    "Gradients and weights",
                    List.of(Signal.G_GRADIENT, Signal.D_GRADIENT, Signal.G_SIGMA, Signal.D_SIGMA)));

    private DiagnosisFigure() {}

    /** Draws what there is; answers whether there was anything. */
    static boolean write(Diagnosis diagnosis, String title, Path png, Path svg) {
        List<Panel> panels = new ArrayList<>();
        losses(diagnosis, panels);
        for (Group group : GROUPS) {
            ChartPanel panel = ChartPanel.of(group.title(), "step", "");
            boolean any = false;
            for (Signal signal : group.signals()) {
                Series series = diagnosis.signals().series(signal).finite();
                if (series.size() > 1) {
                    panel = panel.line(signal.key(), steps(series), series.values());
                    any = true;
                }
            }
            if (any) {
                panels.add(group.signals().contains(Signal.G_GRADIENT) ? panel.logY() : panel);
            }
        }
        if (panels.isEmpty()) {
            return false;
        }
        new Figure(title, Math.min(2, panels.size()), panels).write(png, svg);
        return true;
    }

    private static void losses(Diagnosis diagnosis, List<Panel> panels) {
        Series d = diagnosis.signals().discriminatorLoss().finite();
        Series g = diagnosis.signals().generatorLoss().finite();
        ChartPanel panel = ChartPanel.of("Losses", "step", "loss");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series series : List.of(d, g)) {
            if (series.size() > 1) {
                panel = panel.line(series == d ? "discriminator (D)" : "generator (G)", steps(series), series.values());
                low = Math.min(low, series.quantile(0.01));
                high = Math.max(high, series.quantile(0.99));
            }
        }
        if (!(high >= low)) {
            return;
        }
        double margin = Math.max(1e-3, 0.05 * (high - low));
        for (Episode episode : diagnosis.episodes()) {
            String name = episode.finding().symptom() + " found at " + episode.found();
            double[] at = {episode.found(), episode.found()};
            panel = panel.dashed(name, at, new double[] {low - margin, high + margin});
        }
        panels.add(panel.yRange(low - margin, high + margin));
    }

    private static double[] steps(Series series) {
        double[] steps = new double[series.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = series.step(i);
        }
        return steps;
    }
}
