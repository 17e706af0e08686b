package org.saddlepoint.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.plot.ChartPanel;
import org.saddlepoint.plot.Figure;
import org.saddlepoint.plot.MethodColours;
import org.saddlepoint.plot.Panel;

/** A chart of each {@link Scaling}, both axes logarithmic, with the fitted power. */
public final class ScalingFigure {
    private ScalingFigure() {}

    /**
     * Draws the measured times of each size and the fitted power, as PNG and as SVG.
     *
     * @throws org.saddlepoint.run.RunException if a file cannot be written, or the machine has no fonts
     */
    public static void write(List<Scaling> scalings, Path png, Path svg) {
        List<Panel> panels = new ArrayList<>();
        scalings.forEach(each -> panels.add(panel(each)));
        new Figure("Cost of a step of the DCGAN", 2, panels).write(png, svg);
    }

    private static ChartPanel panel(Scaling scaling) {
        double[] values =
                scaling.points().stream().mapToDouble(Scaling.Point::value).toArray();
        double[] milliseconds = scaling.points().stream()
                .mapToDouble(point -> 1e3 * point.secondsPerStep().median())
                .toArray();
        ChartPanel chart = ChartPanel.of(scaling.knob(), scaling.knob(), "ms a step")
                .logX()
                .logY()
                .points("measured", values, milliseconds, MethodColours.numbered(0));
        PowerLaw fit = scaling.fit();
        if (fit == null) {
            return chart;
        }
        double[] fitted = scaling.points().stream()
                .mapToDouble(point -> 1e3 * fit.at(point.value()))
                .toArray();
        return chart.line(
                String.format(java.util.Locale.ROOT, "power %.2f", fit.exponent()),
                values,
                fitted,
                MethodColours.numbered(1));
    }
}
