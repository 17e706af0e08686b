package org.saddlepoint.training;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.Skipped;

/** Points around three corners, and the corner as the label; or the labels of other points, as a control. */
final class Corners implements Dataset {
    private static final double[][] CENTRES = {{-1, 0}, {1, 0}, {0, 1.5}};

    private final float[] points;
    private final int[] labels;

    Corners(int size, boolean rightLabels) {
        points = new float[2 * size];
        labels = new int[size];
        Random random = new Random(4);
        for (int i = 0; i < size; i++) {
            int corner = random.nextInt(3);
            for (int axis = 0; axis < 2; axis++) {
                points[2 * i + axis] = (float) (CENTRES[corner][axis] + 0.1 * random.nextGaussian());
            }
            labels[i] = rightLabels ? corner : random.nextInt(3);
        }
    }

    /** The corner nearest to a point. */
    static int nearest(double x, double y) {
        int nearest = 0;
        for (int corner = 1; corner < 3; corner++) {
            if (distance(corner, x, y) < distance(nearest, x, y)) {
                nearest = corner;
            }
        }
        return nearest;
    }

    private static double distance(int corner, double x, double y) {
        return Math.hypot(x - CENTRES[corner][0], y - CENTRES[corner][1]);
    }

    @Override
    public String name() {
        return "corners";
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public ExampleShape shape() {
        return new PointShape(2);
    }

    @Override
    public void read(int index, float[] target, int offset) {
        System.arraycopy(points, 2 * index, target, offset, 2);
    }

    @Override
    public OptionalInt label(int index) {
        return OptionalInt.of(labels[index]);
    }

    @Override
    public List<String> classNames() {
        return List.of("left", "right", "top");
    }

    @Override
    public String fingerprint() {
        return "corners";
    }

    @Override
    public List<Skipped> skipped() {
        return List.of();
    }

    @Override
    public void close() {}
}
