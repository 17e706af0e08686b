package org.saddlepoint.data.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SourcePicture;

/**
 * Pictures to look at, in rows with names: a sample, and the worst of each finding, as training sees them.
 *
 * <p>All are made as large as the first, and no larger than {@value #LARGEST} pixels a side. The two of a pair stand beside
 * each other.
 *
 * @param rows from the top
 */
public record ContactSheet(List<Row> rows) {
    /** Pictures in a row at most. */
    public static final int COLUMNS = 12;

    private static final int SAMPLE_ROWS = 3;
    private static final int LARGEST = 96;

    /** The value of places without a picture: the grey between pictures. */
    private static final float EMPTY = 0x90 / 127.5f - 1;

    /**
     * Examples in a row.
     *
     * @param label what they have in common; empty if it is the row before's
     * @param survey that they belong to
     * @param indices which
     */
    public record Row(String label, Survey survey, List<Integer> indices) {}

    /** Copies the list. */
    public ContactSheet {
        rows = List.copyOf(rows);
    }

    /** A sample that is spread evenly over all examples, then the worst of each finding of pictures. */
    static List<Row> rows(Survey survey, List<Finding> findings) {
        List<Row> rows = new ArrayList<>();
        int[] intact = IntStream.range(0, survey.pictures().size())
                .filter(index -> !survey.traits(index).isEmpty())
                .toArray();
        int count = Math.min(intact.length, SAMPLE_ROWS * COLUMNS);
        List<Integer> sample = IntStream.range(0, count)
                .mapToObj(i -> intact[(int) ((long) i * intact.length / count)])
                .toList();
        String title = survey.pictures().title();
        for (int from = 0; from < count; from += COLUMNS) {
            String label = from == 0 ? title.isEmpty() ? "sample" : "sample of " + title : "";
            rows.add(new Row(label, survey, sample.subList(from, Math.min(count, from + COLUMNS))));
        }
        for (Finding finding : findings) {
            Set<Integer> worst = new LinkedHashSet<>();
            for (Finding.Affected each : finding.affected()) {
                if (worst.size() + (each.other().isPresent() ? 2 : 1) > COLUMNS) {
                    break;
                }
                each.other().ifPresent(worst::add);
                each.index().ifPresent(worst::add);
            }
            if (!worst.isEmpty()) {
                rows.add(new Row(finding.kind().replace('-', ' '), survey, List.copyOf(worst)));
            }
        }
        return rows;
    }

    /** Whether there is nothing to see. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Name of each row. */
    public List<String> labels() {
        return rows.stream().map(Row::label).toList();
    }

    /** The shape that all are given, in colour. */
    public ImageShape tile() {
        List<ImageShape> shapes = rows.get(0).survey().pictures().shapes();
        return new ImageShape(
                3,
                shrunk(shapes.get(0).height()),
                shapes.stream().mapToInt(shape -> shrunk(shape.width())).sum());
    }

    private static int shrunk(int side) {
        return Math.min(LARGEST, side);
    }

    /**
     * Reads them again.
     *
     * @return [rows × columns, 3, height, width] in [−1, 1], with grey where there are none
     */
    public float[] pixels() {
        ImageShape tile = tile();
        float[] pixels = new float[Math.multiplyExact(rows.size() * COLUMNS, tile.elements())];
        Arrays.fill(pixels, EMPTY);
        IntStream.range(0, rows.size() * COLUMNS).parallel().forEach(place -> {
            Row row = rows.get(place / COLUMNS);
            int column = place % COLUMNS;
            if (column < row.indices().size()) {
                draw(row.survey(), row.indices().get(column), tile, pixels, place * tile.elements());
            }
        });
        return pixels;
    }

    private static void draw(Survey survey, int index, ImageShape tile, float[] pixels, int offset) {
        try {
            List<SourcePicture> pictures = survey.pictures().read(index);
            int width = tile.width() / pictures.size();
            for (int side = 0; side < pictures.size(); side++) {
                for (int channel = 0; channel < 3; channel++) {
                    Plane plane = Plane.of(
                                    pictures.get(side),
                                    channel == 0 ? 1 : 0,
                                    channel == 1 ? 1 : 0,
                                    channel == 2 ? 1 : 0)
                            .resized(width, tile.height());
                    for (int y = 0; y < tile.height(); y++) {
                        for (int x = 0; x < width; x++) {
                            float value = plane.values()[y * width + x] / 127.5f - 1;
                            pixels[offset + (channel * tile.height() + y) * tile.width() + side * width + x] =
                                    Math.max(-1, Math.min(1, value));
                        }
                    }
                }
            }
        } catch (DamagedExampleException e) {
            // it could be read before; its place stays empty
        }
    }
}
