package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;

/** Colour pictures of three kinds, and damage of growing strength that a judge must rank. */
final class PlantedDamage {
    static final int SIDE = 32;
    private static final int AREA = SIDE * SIDE;

    private PlantedDamage() {}

    /** Changes a set of pictures, which it may modify. */
    @FunctionalInterface
    interface Change {
        List<float[]> of(List<float[]> pictures);
    }

    /** By name, each from weak to strong. */
    static Map<String, Map<String, Change>> all() {
        Map<String, Map<String, Change>> all = new LinkedHashMap<>();
        all.put("blur, σ in pixels", strengths(new double[] {0.5, 1, 2}, s -> each(p -> Damage.blur(p, SIDE, s))));
        all.put("noise, σ of 2", strengths(new double[] {0.1, 0.2, 0.4}, s -> {
            SplittableRandom random = new SplittableRandom(1);
            return each(p -> Damage.noise(p, s, random));
        }));
        all.put(
                "red stronger, blue weaker by",
                strengths(new double[] {0.1, 0.25, 0.5}, s -> each(p -> Damage.gain(p, 1 + s, 1, 1 - s))));
        all.put("blocks of 8×8 evened by", strengths(new double[] {0.25, 0.5, 1}, s -> each(p -> blocks(p, s))));
        all.put("corner missing, pixels", strengths(new double[] {4, 8, 16}, s -> each(p -> corner(p, (int) s))));
        all.put("kinds left, share", strengths(new double[] {0.25, 0.1, 0.04}, s -> p -> fewer(p, s)));
        return all;
    }

    private static Map<String, Change> strengths(double[] strengths, DoubleFunction<Change> change) {
        Map<String, Change> all = new LinkedHashMap<>();
        for (double strength : strengths) {
            all.put(
                    strength == Math.rint(strength) ? String.valueOf((int) strength) : String.valueOf(strength),
                    change.apply(strength));
        }
        return all;
    }

    private static Change each(Consumer<float[]> change) {
        return pictures -> {
            pictures.forEach(change);
            return pictures;
        };
    }

    private static void blocks(float[] picture, double share) {
        for (int c = 0; c < 3; c++) {
            for (int block = 0; block < 16; block++) {
                int start = c * AREA + block / 4 * 8 * SIDE + block % 4 * 8;
                double mean = 0;
                for (int i = 0; i < 64; i++) {
                    mean += picture[start + i / 8 * SIDE + i % 8] / 64;
                }
                for (int i = 0; i < 64; i++) {
                    int at = start + i / 8 * SIDE + i % 8;
                    picture[at] = (float) ((1 - share) * picture[at] + share * mean);
                }
            }
        }
    }

    private static void corner(float[] picture, int side) {
        for (int i = 0; i < 3 * side * side; i++) {
            picture[i / (side * side) * AREA + i / side % side * SIDE + i % side] = -1;
        }
    }

    private static List<float[]> fewer(List<float[]> pictures, double share) {
        int kinds = (int) Math.max(1, share * pictures.size());
        List<float[]> repeated = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            repeated.add(pictures.get(i % kinds));
        }
        return repeated;
    }

    /** Every {@code step}-th example from {@code start} on, at most so many. */
    static List<float[]> of(Dataset data, int start, int step, int most) {
        List<float[]> pictures = new ArrayList<>();
        for (int i = start; i < data.size() && pictures.size() < most; i += step) {
            float[] picture = new float[data.shape().elements()];
            try {
                data.read(i, picture, 0);
            } catch (DamagedExampleException e) {
                throw new AssertionError(e);
            }
            pictures.add(picture);
        }
        return pictures;
    }

    /** Discs and boxes of any colour on a ground of any colour. */
    static List<float[]> shapes(long seed, int count) {
        return made(count, seed, random -> {
            float[] picture = new float[3 * AREA];
            paint(picture, random, (x, y) -> true);
            for (int shape = 0; shape < 1 + random.nextInt(3); shape++) {
                double cx = random.nextDouble(SIDE);
                double cy = random.nextDouble(SIDE);
                double rx = random.nextDouble(3, 12);
                double ry = random.nextDouble(3, 12);
                boolean box = random.nextBoolean();
                paint(picture, random, (x, y) -> {
                    double u = Math.abs(x - cx) / rx;
                    double v = Math.abs(y - cy) / ry;
                    return box ? Math.max(u, v) < 1 : u * u + v * v < 1;
                });
            }
            return picture;
        });
    }

    /** A sky over hills with texture: smooth gradients, fractal outlines, muted colours. */
    static List<float[]> landscapes(long seed, int count) {
        return made(count, seed, random -> {
            float[] picture = new float[3 * AREA];
            double[] sky = random.doubles(3, -0.2, 1).toArray();
            double[] ground = random.doubles(3, -1, 0.3).toArray();
            double[] phases = random.doubles(12, 0, 2 * Math.PI).toArray();
            double horizon = random.nextDouble(8, 24);
            for (int i = 0; i < AREA; i++) {
                int x = i % SIDE;
                int y = i / SIDE;
                double line = horizon;
                double texture = 0;
                for (int octave = 0; octave < 4; octave++) {
                    double f = 0.15 * (1 << octave);
                    line += 4.0 / (1 << octave) * Math.sin(f * x + phases[octave]);
                    texture += 0.3
                            / (1 << octave)
                            * Math.sin(f * (x + y) + phases[4 + octave])
                            * Math.cos(f * (x - 2 * y) + phases[8 + octave]);
                }
                for (int c = 0; c < 3; c++) {
                    double value = y < line ? sky[c] + 0.02 * (SIDE - y) + 0.2 * texture : ground[c] + texture;
                    picture[c * AREA + i] = (float) Math.max(-1, Math.min(1, value));
                }
            }
            return picture;
        });
    }

    private interface Where {
        boolean covers(int x, int y);
    }

    private static void paint(float[] picture, SplittableRandom random, Where where) {
        double[] colour = random.doubles(3, -1, 1).toArray();
        for (int i = 0; i < AREA; i++) {
            if (where.covers(i % SIDE, i / SIDE)) {
                for (int c = 0; c < 3; c++) {
                    picture[c * AREA + i] = (float) colour[c];
                }
            }
        }
    }

    private static List<float[]> made(int count, long seed, Function<SplittableRandom, float[]> picture) {
        SplittableRandom random = new SplittableRandom(seed);
        List<float[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(picture.apply(random));
        }
        return all;
    }

    static List<float[]> copies(List<float[]> pictures) {
        return new ArrayList<>(pictures.stream().map(float[]::clone).toList());
    }

    static SampleSource source(List<float[]> pictures) {
        IntFunction<float[]> picture = pictures::get;
        return TestImages.made(picture, 3, SIDE, SIDE);
    }
}
