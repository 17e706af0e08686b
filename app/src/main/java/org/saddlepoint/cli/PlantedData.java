package org.saddlepoint.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.Subset;
import org.saddlepoint.run.RunException;

/** Data with a fault that is planted to see whether a diagnosis finds it. */
final class PlantedData implements Dataset {
    private static final int SLOW_MILLIS = 20;

    private final Dataset sound;
    private final String fault;
    private final int[] labels;
    private final float factor;
    private final float shift;

    private PlantedData(Dataset sound, String fault, int[] labels, float factor, float shift) {
        this.sound = sound;
        this.fault = fault;
        this.labels = labels;
        this.factor = factor;
        this.shift = shift;
    }

    /**
     * The data with a fault.
     *
     * @param data as it should be
     * @param fault {@code few:N} leaves N examples; {@code copies:N} repeats N of them; {@code one-class} labels all
     *     but one in a hundred as the first class; {@code shuffled-labels} gives labels to other examples; {@code affine:A,B} makes
     *     each value v into A v + B; {@code slow} takes 20 ms to read each; empty for none
     * @throws RunException if there is no such fault
     */
    static Dataset of(Dataset data, String fault) {
        String kind = fault.replaceAll(":.*", "");
        String[] numbers = fault.replaceAll("^[^:]*:?", "").split(",", -1);
        int size = data.size();
        String name = data.name() + ", " + fault;
        return switch (kind) {
            case "" -> data;
            case "few" -> {
                int count = Integer.parseInt(numbers[0]);
                yield new Subset(data, name, IntStream.range(0, count).map(i -> (int) ((long) i * size / count)));
            }
            case "copies" ->
                new Subset(data, name, IntStream.range(0, size).map(i -> i % Integer.parseInt(numbers[0])));
            case "one-class" ->
                new PlantedData(
                        data,
                        fault,
                        IntStream.range(0, size)
                                .map(i -> i % 100 == 0 ? data.label(i).orElse(0) : 0)
                                .toArray(),
                        1,
                        0);
            case "shuffled-labels" -> new PlantedData(data, fault, shuffled(data), 1, 0);
            case "affine" ->
                new PlantedData(data, fault, new int[0], Float.parseFloat(numbers[0]), Float.parseFloat(numbers[1]));
            case "slow" -> new PlantedData(data, fault, new int[0], 1, 0);
            default ->
                throw new RunException("unknown fault \"" + fault + "\"; known are few:N, copies:N, one-class,"
                        + " shuffled-labels, affine:A,B and slow");
        };
    }

    private static int[] shuffled(Dataset data) {
        Random random = new Random(1);
        int classes = data.classNames().size();
        return IntStream.range(0, data.size()).map(i -> random.nextInt(classes)).toArray();
    }

    @Override
    public void read(int index, float[] target, int offset) throws DamagedExampleException {
        sound.read(index, target, offset);
        for (int i = offset; i < offset + shape().elements(); i++) {
            target[i] = factor * target[i] + shift;
        }
        if (fault.equals("slow")) {
            try {
                Thread.sleep(SLOW_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String name() {
        return sound.name() + ", " + fault;
    }

    @Override
    public int size() {
        return sound.size();
    }

    @Override
    public ExampleShape shape() {
        return sound.shape();
    }

    @Override
    public OptionalInt label(int index) {
        return labels.length > 0 ? OptionalInt.of(labels[index]) : sound.label(index);
    }

    @Override
    public List<String> classNames() {
        return sound.classNames();
    }

    @Override
    public Optional<GaussianMixture> mixture() {
        return sound.mixture();
    }

    @Override
    public String fingerprint() {
        return sound.fingerprint();
    }

    @Override
    public List<Skipped> skipped() {
        return sound.skipped();
    }

    @Override
    public void close() {
        sound.close();
    }
}
