package org.saddlepoint.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.Skipped;

/**
 * Pictures of kinds that nobody could confuse: bars of four directions, and a ring, shifted and with noise. The kind is the
 * index modulo their number; as a label it is wrong on purpose, so that whoever looks at labels is found out.
 *
 * @param colours whether bars differ by colour instead of direction
 * @param damaged of these, every {@code damaged}-th cannot be read; 0 for none
 */
public record Planted(int size, int side, boolean colours, int damaged) implements Dataset {
    /** Kinds of pictures. */
    public static final int KINDS = 5;

    private static final float[][] PAINT = {{1, -1, -1}, {-1, 1, -1}, {-1, -1, 1}, {1, 1, -1}, {1, -1, 1}};

    /** Grey ones that can all be read. */
    public static Planted of(int size) {
        return new Planted(size, 16, false, 0);
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public ExampleShape shape() {
        return new ImageShape(colours ? 3 : 1, side, side);
    }

    /** Which kind a picture is. */
    public int kind(int index) {
        return index % KINDS;
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        if (isDamaged(index)) {
            throw new DamagedExampleException(
                    new Skipped("example " + index, "damaged on purpose", Skipped.Kind.DAMAGED));
        }
        Random random = new Random(index);
        int kind = kind(index);
        double x0 = side / 2.0 - 0.5 + random.nextInt(3) - 1;
        double y0 = side / 2.0 - 0.5 + random.nextInt(3) - 1;
        double unit = side / 16.0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double u = (x - x0) / unit;
                double v = (y - y0) / unit;
                double distance =
                        switch (colours ? 0 : kind) {
                            case 0 -> Math.abs(v);
                            case 1 -> Math.abs(u);
                            case 2 -> Math.abs(u - v) / Math.sqrt(2);
                            case 3 -> Math.abs(u + v) / Math.sqrt(2);
                            default -> Math.abs(Math.hypot(u, v) - 5);
                        };
                boolean inside = distance < 1.5 && Math.hypot(u, v) < 7;
                for (int c = 0; c < (colours ? 3 : 1); c++) {
                    float paint = colours ? PAINT[kind][c] : 1;
                    target[offset + (c * side + y) * side + x] =
                            Math.max(-1, Math.min(1, (inside ? paint : -1) + (float) random.nextGaussian() * 0.05f));
                }
            }
        }
    }

    private boolean isDamaged(int index) {
        return damaged > 0 && index % damaged == damaged - 1;
    }

    @Override
    public OptionalInt label(int index) {
        return OptionalInt.of(index % 2);
    }

    @Override
    public List<String> classNames() {
        return List.of("even", "odd");
    }

    @Override
    public String fingerprint() {
        return "planted " + size + " " + side + " " + colours;
    }

    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}

    /** The share of readable pictures that are of the kind that most of their cluster are. */
    double purity(Clusters clusters) {
        int[] kinds = new int[size];
        Arrays.setAll(kinds, i -> isDamaged(i) ? -1 : kind(i));
        return purity(clusters, kinds);
    }

    /** @param kinds of the pictures; those below 0 do not count */
    static double purity(Clusters clusters, int[] kinds) {
        List<int[]> counts = new ArrayList<>();
        clusters.sizes()
                .forEach(size -> counts.add(new int[Arrays.stream(kinds).max().getAsInt() + 1]));
        int all = 0;
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] >= 0) {
                counts.get(clusters.label(i))[kinds[i]]++;
                all++;
            }
        }
        int pure = counts.stream()
                .mapToInt(each -> Arrays.stream(each).max().getAsInt())
                .sum();
        return pure / (double) all;
    }
}
