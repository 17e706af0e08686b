package org.saddlepoint.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.saddlepoint.input.Require;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.nn.Initialization;
import org.saddlepoint.nn.Linear;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Trains the extractor of colour images, on the same motifs drawn by several houses. A batch holds pairs: two images of one motif,
 * by different houses if there are such. The loss of its 64 features is the sum of
 *
 * <ul>
 *   <li>the contrast of Khosla et al. (2020), equation 2, with two views and temperature {@value #TEMPERATURE}: among all of
 *       the batch, which is the other image of the motif? It makes features of shape and colour,
 *   <li>{@value #MOTIF_WEIGHT} times the cross entropy of the motif, by a linear head that stays with the features, for the
 *       inception score,
 *   <li>{@value #HOUSE_WEIGHT} times the cross entropy of the house, by a linear head: flat or modelled, lines, gradients,
 *   <li>{@value #DAMAGE_WEIGHT} times the squared error of how an image was damaged, by a linear head: the deviation of a blur
 *       and of noise, and the gain of each channel. Without it features learn to overlook what a judge must see.
 * </ul>
 *
 * <p>Adam's rate falls to 0 along a cosine. Images come in several sizes and at any place, on white, and are never mirrored, since
 * arrows and letters are among them. Half are damaged, in one way each. The file is in half precision.
 *
 * @param epochs passes over the data, in which each image is the first of a pair once
 * @param pairs of images an update
 * @param learningRate Adam's at the start
 * @param seed of everything random
 */
public record ColourTraining(int epochs, int pairs, double learningRate, long seed) {
    /** As the embedded extractor was trained. */
    public static final ColourTraining EMBEDDED = new ColourTraining(20, 32, 2e-3, 0);

    /** Sides in which each image is wanted; those that are no {@value #SIDE} are cropped, or put on white. */
    public static final List<Integer> SIDES = List.of(32, 26, 29, 36);

    private static final int SIDE = 32;
    private static final double TEMPERATURE = 0.1;
    private static final double MOTIF_WEIGHT = 0.5;
    private static final double HOUSE_WEIGHT = 0.3;
    private static final double DAMAGE_WEIGHT = 2;

    /** Images of equal size may lie beyond the border by so many pixels. */
    private static final int SHIFT = 3;

    /** One in so many images of each house is held out. */
    private static final int FOLD = 10;

    /** Images that are measured at a time. */
    private static final int BLOCK = 64;

    private static final int DAMAGES = 5;
    private static final double MOST_BLUR = 2.5;
    private static final double MOST_NOISE = 0.5;
    private static final double MOST_GAIN = 0.5;

    public ColourTraining {
        Require.atLeast(1, "epochs", epochs);
        Require.atLeast(2, "pairs", pairs);
        Require.positive("learningRate", learningRate);
    }

    /** An image and its damage. */
    private record View(float[] pixels, float[] damage) {}

    /** A batch. */
    private record Views(Tensor images, Tensor motifs, Tensor houses, Tensor damages) {}

    /**
     * Trains on nine tenths of the images and measures on the others, whose motifs it saw of other houses alone.
     *
     * @param told a line now and then
     * @return a safetensors file that {@link EmbeddedClassifier} reads, with settings and accuracy among its notes
     */
    public byte[] run(ColourMotifs motifs, Consumer<String> told) {
        int[] train = IntStream.range(0, motifs.size())
                .filter(i -> !isHeldOut(motifs, i))
                .toArray();
        int[] held = IntStream.range(0, motifs.size())
                .filter(i -> isHeldOut(motifs, i))
                .toArray();
        try (RandomGenerator random = new RandomGenerator(seed);
                ClassifierNetwork network = new ClassifierNetwork(
                        ClassifierNetwork.Plan.COLOUR, motifs.names().size(), random);
                Linear house = head(motifs.houses(), random);
                Linear damage = head(DAMAGES, random)) {
            train(new Heads(network, house, damage), motifs, train, told);
            network.train(false);
            standardize(network, motifs, train);
            double accuracy = accuracy(network, motifs, held);
            told.accept(String.format(
                    Locale.ROOT, "%.2f %% of %,d held-out images named rightly", 100 * accuracy, held.length));
            return file(network, motifs, accuracy);
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be written to", e);
        }
    }

    private static Linear head(int outputs, RandomGenerator random) {
        return new Linear(ClassifierNetwork.FEATURES, outputs, Initialization.PYTORCH_DEFAULT, random);
    }

    private static boolean isHeldOut(ColourMotifs motifs, int index) {
        return (motifs.motif(index) + 3 * motifs.house(index)) % FOLD == 0;
    }

    /** What is trained together. */
    private record Heads(ClassifierNetwork network, Linear house, Linear damage) {
        Map<String, Parameter> parameters() {
            Map<String, Parameter> all = new LinkedHashMap<>(network.parameters());
            house.parameters().forEach((name, value) -> all.put("house." + name, value));
            damage.parameters().forEach((name, value) -> all.put("damage." + name, value));
            return all;
        }

        Tensor loss(Views views) {
            FeatureExtractor.Output output = network.trained(views.images());
            Tensor motif = Functional.crossEntropy(output.logits(), views.motifs());
            Tensor maker = Functional.crossEntropy(house.forward(output.features()), views.houses());
            Tensor error = damage.forward(output.features()).sub(views.damages());
            return contrast(output.features())
                    .add(motif.mul(MOTIF_WEIGHT))
                    .add(maker.mul(HOUSE_WEIGHT))
                    .add(error.mul(error).mean().mul(DAMAGE_WEIGHT));
        }
    }

    /** @param features [2n, d]; row i and row i + n are of one motif */
    private static Tensor contrast(Tensor features) {
        int rows = Math.toIntExact(features.size(0));
        Tensor unit = features.div(features.mul(features).sum(true, 1).add(1e-8).sqrt());
        Tensor likeness = unit.matmul(unit.transpose(0, 1)).div(TEMPERATURE);
        float[] self = new float[rows * rows];
        long[] partner = new long[rows];
        for (int row = 0; row < rows; row++) {
            self[row * rows + row] = -1e9f;
            partner[row] = Math.floorMod(row + rows / 2, rows);
        }
        return Functional.crossEntropy(likeness.add(Tensors.of(self, rows, rows)), Tensors.of(partner, rows));
    }

    private void train(Heads heads, ColourMotifs motifs, int[] train, Consumer<String> told) {
        SplittableRandom random = new SplittableRandom(seed);
        int perEpoch = Math.max(1, train.length / pairs);
        Map<Integer, List<Integer>> alike = Arrays.stream(train).boxed().collect(Collectors.groupingBy(motifs::motif));
        int[] order = train.clone();
        try (Optimizer adam = new AdamConfig(learningRate, 0.9, 0.999, 1e-8).create(heads.parameters())) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                shuffle(order, random);
                double loss = 0;
                for (int step = 0; step < perEpoch; step++) {
                    double done = (epoch + (double) step / perEpoch) / epochs;
                    adam.learningRate(learningRate * (1 + Math.cos(Math.PI * done)) / 2);
                    int[] chosen = pairs(motifs, order, step * pairs, alike, random);
                    try (TensorScope scope = TensorScope.open()) {
                        Tensor error = heads.loss(views(motifs, chosen, random));
                        adam.minimize(error);
                        loss += error.item() / perEpoch;
                    }
                }
                told.accept(String.format(Locale.ROOT, "epoch %d of %d: loss %.4f", epoch + 1, epochs, loss));
            }
        }
    }

    private int[] pairs(
            ColourMotifs motifs, int[] order, int from, Map<Integer, List<Integer>> alike, SplittableRandom random) {
        int count = Math.min(pairs, order.length - from);
        int[] chosen = new int[2 * count];
        for (int i = 0; i < count; i++) {
            int first = order[from + i];
            List<Integer> same = Objects.requireNonNull(alike.get(motifs.motif(first)));
            int second = same.get(random.nextInt(same.size()));
            while (second == first && same.size() > 1) {
                second = same.get(random.nextInt(same.size()));
            }
            chosen[i] = first;
            chosen[count + i] = second;
        }
        return chosen;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private static Views views(ColourMotifs motifs, int[] chosen, SplittableRandom random) {
        float[] pixels = new float[chosen.length * 3 * SIDE * SIDE];
        float[] damages = new float[chosen.length * DAMAGES];
        long[] names = new long[chosen.length];
        long[] houses = new long[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            View view = damaged(placed(motifs, chosen[i], random), random);
            System.arraycopy(view.pixels(), 0, pixels, i * view.pixels().length, view.pixels().length);
            System.arraycopy(view.damage(), 0, damages, i * DAMAGES, DAMAGES);
            names[i] = motifs.motif(chosen[i]);
            houses[i] = motifs.house(chosen[i]);
        }
        return new Views(
                Tensors.of(pixels, chosen.length, 3, SIDE, SIDE),
                Tensors.of(names, chosen.length),
                Tensors.of(houses, chosen.length),
                Tensors.of(damages, chosen.length, DAMAGES));
    }

    /** One of the sizes, somewhere on white. */
    private static float[] placed(ColourMotifs motifs, int index, SplittableRandom random) {
        int size = random.nextInt(SIDES.size());
        int side = SIDES.get(size);
        int room = Math.abs(SIDE - side);
        int slack = Math.max(SHIFT, (room + 1) / 2);
        int down = (SIDE - side) / 2 + random.nextInt(2 * slack + 1) - slack;
        int right = (SIDE - side) / 2 + random.nextInt(2 * slack + 1) - slack;
        float[] image = motifs.pixels(size, index);
        float[] placed = new float[3 * SIDE * SIDE];
        Arrays.fill(placed, 1);
        for (int plane = 0; plane < 3; plane++) {
            for (int y = Math.max(0, down); y < Math.min(SIDE, side + down); y++) {
                for (int x = Math.max(0, right); x < Math.min(SIDE, side + right); x++) {
                    placed[(plane * SIDE + y) * SIDE + x] = image[(plane * side + y - down) * side + x - right];
                }
            }
        }
        return placed;
    }

    /** Half of the images stay whole; the others are damaged in one way. */
    private static View damaged(float[] pixels, SplittableRandom random) {
        float[] damage = new float[DAMAGES];
        switch (random.nextInt(6)) {
            case 0 -> {
                double sigma = random.nextDouble(MOST_BLUR);
                Damage.blur(pixels, SIDE, sigma);
                damage[0] = (float) (sigma / MOST_BLUR);
            }
            case 1 -> {
                double sigma = random.nextDouble(MOST_NOISE);
                Damage.noise(pixels, sigma, random);
                damage[1] = (float) (sigma / MOST_NOISE);
            }
            case 2 -> {
                double[] gains = random.doubles(3, 1 - MOST_GAIN, 1 + MOST_GAIN).toArray();
                Damage.gain(pixels, gains);
                for (int channel = 0; channel < 3; channel++) {
                    damage[2 + channel] = (float) ((gains[channel] - 1) / MOST_GAIN);
                }
            }
            default -> {}
        }
        return new View(pixels, damage);
    }

    private static double accuracy(ClassifierNetwork network, ColourMotifs motifs, int[] held) {
        int right = 0;
        for (int start = 0; start < held.length; start += BLOCK) {
            int[] block = Arrays.copyOfRange(held, start, Math.min(start + BLOCK, held.length));
            try (TensorScope scope = TensorScope.open();
                    Autograd.Recording off = Autograd.noGrad()) {
                long[] named =
                        network.trained(whole(motifs, block)).logits().argmax(1).toLongArray();
                for (int i = 0; i < block.length; i++) {
                    right += motifs.motif(block[i]) == named[i] ? 1 : 0;
                }
            }
        }
        return held.length == 0 ? Double.NaN : (double) right / held.length;
    }

    /** Undamaged images in their place. */
    private static Tensor whole(ColourMotifs motifs, int[] indices) {
        float[] values = new float[indices.length * 3 * SIDE * SIDE];
        for (int i = 0; i < indices.length; i++) {
            float[] image = motifs.pixels(0, indices[i]);
            System.arraycopy(image, 0, values, i * image.length, image.length);
        }
        return Tensors.of(values, indices.length, 3, SIDE, SIDE);
    }

    private static void standardize(ClassifierNetwork network, ColourMotifs motifs, int[] train) {
        try (TensorScope scope = TensorScope.open()) {
            List<Tensor> blocks = new ArrayList<>();
            for (int start = 0; start < train.length; start += BLOCK) {
                blocks.add(whole(motifs, Arrays.copyOfRange(train, start, Math.min(start + BLOCK, train.length))));
            }
            network.standardize(blocks);
        }
    }

    private byte[] file(ClassifierNetwork network, ColourMotifs motifs, double accuracy) throws IOException {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("format", "pt");
        notes.put("trainedOn", String.join("; ", motifs.sources()));
        notes.put("training", toString());
        notes.put(ClassifierTraining.ACCURACY, Double.toString(accuracy));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> half = new LinkedHashMap<>();
            network.stateDict()
                    .forEach((name, value) ->
                            half.put(name, value.dtype() == DType.FLOAT32 ? value.to(DType.FLOAT16) : value));
            SafeTensors.write(out, half, notes);
        }
        return out.toByteArray();
    }
}
