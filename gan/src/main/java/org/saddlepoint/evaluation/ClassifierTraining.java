package org.saddlepoint.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.BatchLoader;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.input.Require;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Trains the embedded extractors: cross entropy, Adam whose rate falls to 0 along a cosine, images moved by up to some
 * pixels either way (the border repeats the background, −1) and, if asked for, mirrored.
 *
 * @param epochs passes over the data
 * @param batchSize images an update
 * @param learningRate Adam's at the start
 * @param shift pixels that images are moved by at most, per axis
 * @param mirror whether half of the images are mirrored left to right
 * @param seed of everything random
 */
public record ClassifierTraining(int epochs, int batchSize, double learningRate, int shift, boolean mirror, long seed) {
    /** The note of the file that holds the share of held-out images classified rightly. */
    public static final String ACCURACY = "heldOutAccuracy";

    private static final int SIDE = ClassifierNetwork.Plan.GREY.side();

    public ClassifierTraining {
        Require.atLeast(1, "epochs", epochs);
        Require.atLeast(2, "batchSize", batchSize);
        Require.positive("learningRate", learningRate);
        Require.atLeast(0, "shift", shift);
    }

    /** For digits, of which there are 60,000. */
    public static ClassifierTraining digits() {
        return new ClassifierTraining(4, 128, 2e-3, 2, false, 0);
    }

    /** For garments, of which there are fewer, and which may be mirrored. */
    public static ClassifierTraining fashion() {
        return new ClassifierTraining(20, 64, 2e-3, 2, true, 0);
    }

    /**
     * Trains on one set and measures on another.
     *
     * @param train labelled grey images of 28×28
     * @param heldOut images of the same kind that training does not see
     * @param told a line now and then
     * @return a safetensors file that {@link EmbeddedClassifier} reads, with settings and accuracy among its notes
     * @throws EvaluationException if the images have another shape or no labels
     */
    public byte[] run(Dataset train, Dataset heldOut, Consumer<String> told) {
        requireUsable(train);
        requireUsable(heldOut);
        int steps = epochs * Math.max(1, train.size() / batchSize);
        try (RandomGenerator random = new RandomGenerator(seed);
                ClassifierNetwork network = new ClassifierNetwork(
                        ClassifierNetwork.Plan.GREY, train.classNames().size(), random);
                Optimizer adam = new AdamConfig(learningRate, 0.9, 0.999, 1e-8).create(network.parameters());
                BatchLoader loader = new BatchLoader(train, LoaderConfig.of(batchSize, seed))) {
            double loss = 0;
            int every = Math.max(1, train.size() / batchSize);
            for (int step = 0; step < steps; step++) {
                adam.learningRate(learningRate * (1 + Math.cos(Math.PI * step / steps)) / 2);
                try (TensorScope scope = TensorScope.open()) {
                    Batch batch = loader.next();
                    Tensor images = Tensors.of(moved(batch, random), batchSize, 1, SIDE, SIDE);
                    long[] labels = Arrays.stream(batch.labels()).asLongStream().toArray();
                    Tensor error =
                            Functional.crossEntropy(network.forward(images).logits(), Tensors.of(labels, batchSize));
                    adam.minimize(error);
                    loss += error.item() / every;
                }
                if ((step + 1) % every == 0) {
                    told.accept(
                            String.format(Locale.ROOT, "epoch %d of %d: loss %.4f", (step + 1) / every, epochs, loss));
                    loss = 0;
                }
            }
            network.train(false);
            double accuracy = accuracy(network, heldOut);
            told.accept(
                    String.format(Locale.ROOT, "%.2f %% of %,d held-out images right", 100 * accuracy, heldOut.size()));
            return file(network, train, heldOut, accuracy);
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be written to", e);
        }
    }

    private float[] moved(Batch batch, RandomGenerator random) {
        float[] moved = new float[batch.values().length];
        Arrays.fill(moved, -1);
        long[] shifts = random.integers(2L * shift + 1, batch.size(), 2).toLongArray();
        long[] mirrored = random.integers(2, batch.size()).toLongArray();
        for (int i = 0; i < batch.size(); i++) {
            int down = (int) shifts[2 * i] - shift;
            int right = (int) shifts[2 * i + 1] - shift;
            boolean flip = mirror && mirrored[i] == 1;
            for (int y = Math.max(0, down); y < SIDE + Math.min(0, down); y++) {
                for (int x = Math.max(0, right); x < SIDE + Math.min(0, right); x++) {
                    int from = flip ? SIDE - 1 - (x - right) : x - right;
                    moved[(i * SIDE + y) * SIDE + x] = batch.values()[(i * SIDE + y - down) * SIDE + from];
                }
            }
        }
        return moved;
    }

    private double accuracy(ClassifierNetwork network, Dataset data) {
        int right = 0;
        float[] image = new float[SIDE * SIDE];
        for (int start = 0; start < data.size(); start += batchSize) {
            int count = Math.min(batchSize, data.size() - start);
            float[] values = new float[count * image.length];
            for (int i = 0; i < count; i++) {
                try {
                    data.read(start + i, values, i * image.length);
                } catch (DamagedExampleException e) {
                    throw new EvaluationException("a held-out image is damaged: " + e.getMessage(), e);
                }
            }
            try (TensorScope scope = TensorScope.open();
                    Autograd.Recording off = Autograd.noGrad()) {
                long[] classes = network.forward(Tensors.of(values, count, 1, SIDE, SIDE))
                        .logits()
                        .argmax(1)
                        .toLongArray();
                for (int i = 0; i < count; i++) {
                    right += data.label(start + i).orElse(-1) == classes[i] ? 1 : 0;
                }
            }
        }
        return (double) right / data.size();
    }

    private byte[] file(ClassifierNetwork network, Dataset train, Dataset heldOut, double accuracy) throws IOException {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("format", "pt");
        notes.put("trainedOn", train.size() + " images, " + train.fingerprint());
        notes.put("heldOut", heldOut.size() + " images, " + heldOut.fingerprint());
        notes.put("training", toString());
        notes.put(ACCURACY, Double.toString(accuracy));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TensorScope scope = TensorScope.open()) {
            SafeTensors.write(out, network.stateDict(), notes);
        }
        return out.toByteArray();
    }

    private static void requireUsable(Dataset data) {
        int[] shape = data.shape().dimensions();
        if (!Arrays.equals(shape, new int[] {1, SIDE, SIDE})
                || data.classNames().isEmpty()) {
            throw new EvaluationException(data.name() + " is " + data.shape() + " with "
                    + data.classNames().size() + " classes; expected 28x28 grey images with labels, such as"
                    + " idx:IMAGES,LABELS");
        }
    }
}
