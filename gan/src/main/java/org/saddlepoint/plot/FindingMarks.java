package org.saddlepoint.plot;

import java.awt.BasicStroke;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.saddlepoint.run.MetricsRow;

/** Dashed lines across a chart, where a diagnosis found something first. */
final class FindingMarks {
    private static final String SYMPTOM = "symptom";
    private static final int FIRST_COLOR = 2;

    private FindingMarks() {}

    /** Adds a line for each symptom; the vertical axis is set already. */
    static void add(XYChart chart, List<MetricsRow> rows) {
        Double low = chart.getStyler().getYAxisMin();
        Double high = chart.getStyler().getYAxisMax();
        Map<String, Long> first = new LinkedHashMap<>();
        rows.forEach(row -> {
            if (row.values().get(SYMPTOM) instanceof String symptom) {
                first.putIfAbsent(symptom, row.step());
            }
        });
        if (low == null || high == null) {
            return;
        }
        BasicStroke dashes =
                new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {14, 10}, 0);
        int color = FIRST_COLOR;
        for (Map.Entry<String, Long> mark : first.entrySet()) {
            double[] at = {mark.getValue(), mark.getValue()};
            String name = mark.getKey() + " found at step " + mark.getValue();
            ChartStyle.addLine(chart, name, at, new double[] {low, high}, ChartStyle.color(color++), dashes);
        }
    }
}
