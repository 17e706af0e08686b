package org.saddlepoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.saddlepoint.SampleGrid;
import org.saddlepoint.plot.LikenessOrder;
import org.saddlepoint.plot.SampleSheet;

/**
 * Which of the samples that were drawn are shown, and where.
 *
 * @param samples their numbers, row by row
 * @param columns of the sheet; 0 for a sheet that is nearly square
 * @param names of the rows; empty where they mean nothing
 */
record SampleChoice(List<Integer> samples, int columns, List<String> names) {
    SampleChoice {
        samples = List.copyOf(samples);
        names = List.copyOf(names);
    }

    /** All, as they were drawn. */
    static SampleChoice all(SampleGrid grid) {
        return new SampleChoice(
                IntStream.range(0, grid.rows() * grid.columns()).boxed().toList(),
                grid.hasRows() ? grid.columns() : 0,
                grid.names());
    }

    /**
     * The best ones, the best first; where rows are classes, of each row.
     *
     * @param scores of all samples, larger is better
     * @param count how many, or how many of each class
     */
    static SampleChoice best(SampleGrid grid, double[] scores, int count) {
        int rows = grid.names().isEmpty() ? 1 : grid.rows();
        int each = scores.length / rows;
        List<Integer> chosen = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            IntStream.range(row * each, (row + 1) * each)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer sample) -> -scores[sample]))
                    .limit(count)
                    .forEach(chosen::add);
        }
        return new SampleChoice(chosen, grid.names().isEmpty() ? 0 : count, grid.names());
    }

    /** The same samples in an order in which neighbours look alike. */
    SampleChoice sorted(float[] values, int... example) {
        int[] order = LikenessOrder.of(sheet(example), chosen(values, example));
        return new SampleChoice(Arrays.stream(order).mapToObj(samples::get).toList(), columns, names);
    }

    /** The sheet on which they fit. */
    SampleSheet sheet(int... example) {
        return columns == 0
                ? SampleSheet.of(samples.size(), example[0], example[1], example[2])
                : SampleSheet.of(samples.size(), example[0], example[1], example[2], columns);
    }

    /** The values of these samples, of those of all. */
    float[] chosen(float[] values, int... example) {
        int elements = Arrays.stream(example).reduce(1, Math::multiplyExact);
        float[] chosen = new float[Math.multiplyExact(samples.size(), elements)];
        for (int i = 0; i < samples.size(); i++) {
            System.arraycopy(values, samples.get(i) * elements, chosen, i * elements, elements);
        }
        return chosen;
    }
}
