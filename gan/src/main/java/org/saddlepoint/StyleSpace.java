package org.saddlepoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.saddlepoint.input.Require;
import org.saddlepoint.models.StyleGenerator;
import org.saddlepoint.nn.FunctionLayer;
import org.saddlepoint.nn.Parameter;
import org.saddlepoint.optim.AdamConfig;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Linalg;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * What can be done with the styles w of a {@link TrainedGenerator}: mixing, walks, directions, and the style of a picture. Get one by
 * {@link TrainedGenerator#styleSpace}; it is of use as long as the generator is open.
 */
public final class StyleSpace {
    /** How many pictures pass through the network at once. */
    private static final int BATCH = 64;

    /** Styles that directions are found from. */
    private static final int SAMPLES = 4096;

    /** Learning rate of projection at first (Karras et al. 2020, appendix D). */
    private static final double RATE = 0.1;

    private final TrainedGenerator generator;
    private final StyleGenerator styles;

    StyleSpace(TrainedGenerator generator, StyleGenerator styles) {
        this.generator = generator;
        this.styles = styles;
    }

    /**
     * Pictures in rows and columns.
     *
     * @param rows how many
     * @param columns how many
     * @param values the pictures row by row, each [C, H, W]
     */
    public record Sheet(int rows, int columns, float[] values) {
        public Sheet {
            values = values.clone();
        }

        @Override
        public float[] values() {
            return values.clone();
        }
    }

    /** How many layers have a style. */
    public int layers() {
        return styles.styleLayers();
    }

    /**
     * Style mixing (Karras et al. 2019, figure 3): the picture in row i and column j has the styles of sample i in the layers before
     * the first fine one, and of sample j from there on. On the diagonal are the samples themselves.
     *
     * @param options of the samples; their count is that of rows and columns
     * @param firstFine in [1, layers − 1]
     */
    public Sheet mixing(SampleOptions options, int firstFine) {
        Require.that(
                firstFine >= 1 && firstFine < layers(),
                "the first fine layer",
                "in [1, " + (layers() - 1) + "], since there are " + layers() + " styles,",
                firstFine);
        return generator.use(() -> {
            try (TensorScope scope = TensorScope.open()) {
                Tensor own = generator.stylesOf(options);
                int count = Math.toIntExact(own.size(0));
                long rest = layers() - (long) firstFine;
                Tensor coarse = own.narrow(1, 0, firstFine).unsqueeze(1).expand(count, count, firstFine, own.size(2));
                Tensor fine = own.narrow(1, firstFine, rest).unsqueeze(0).expand(count, count, rest, own.size(2));
                return sheet(
                        count,
                        count,
                        Tensors.cat(List.of(coarse, fine), 2).reshape((long) count * count, layers(), own.size(2)));
            }
        });
    }

    /**
     * Rows of pictures on straight lines in w, from the styles of a sample to those of the next; the last row ends at the first sample.
     *
     * @param options of the samples; their count is that of rows
     * @param columns pictures a row, at least 2, the first of each row the sample itself
     */
    public Sheet walk(SampleOptions options, int columns) {
        Require.atLeast(2, "columns", columns);
        return generator.use(() -> {
            try (TensorScope scope = TensorScope.open()) {
                Tensor from = generator.stylesOf(options);
                int rows = Math.toIntExact(from.size(0));
                Tensor to = Tensors.cat(List.of(from.narrow(0, 1, rows - 1L), from.narrow(0, 0, 1)), 0);
                float[] shares = new float[columns];
                for (int i = 0; i < columns; i++) {
                    shares[i] = i / (float) columns;
                }
                Tensor start = from.unsqueeze(1);
                Tensor between = to.unsqueeze(1).sub(start).mul(Tensors.of(shares, 1, columns, 1, 1));
                return sheet(
                        rows, columns, start.add(between).reshape((long) rows * columns, layers(), styles.styleSize()));
            }
        });
    }

    /**
     * Principal directions of w (Härkönen et al. 2020, "GANSpace", section 3): each row moves the mean style along one, from −reach to
     * reach standard deviations.
     *
     * @param options of the samples whose styles directions are found from; their count is not used
     * @param count rows: the first principal components, at most as many as a style has numbers
     * @param columns pictures a row, at least 2
     * @param reach in standard deviations, > 0
     */
    public Sheet directions(SampleOptions options, int count, int columns, double reach) {
        Require.that(
                count >= 1 && count <= styles.styleSize(),
                "the number of directions",
                "in [1, " + styles.styleSize() + "], the numbers of a style,",
                count);
        Require.atLeast(2, "columns", columns);
        Require.positive("reach", reach);
        return generator.use(() -> {
            try (TensorScope scope = TensorScope.open();
                    Autograd.Recording off = Autograd.noGrad()) {
                Tensor all =
                        generator.stylesOf(options.count(SAMPLES)).select(1, 0).to(DType.FLOAT64);
                Tensor mean = all.mean(true, 0);
                Tensor centred = all.sub(mean);
                Linalg.Eigen axes = Linalg.eigenSymmetric(
                        centred.transpose(0, 1).matmul(centred).div((double) SAMPLES));
                long size = styles.styleSize();
                List<Tensor> rows = new ArrayList<>();
                for (int row = 0; row < count; row++) {
                    Tensor axis = axes.vectors().select(1, size - 1 - row);
                    double deviation = Math.sqrt(
                            Math.max(0, axes.values().select(0, size - 1 - row).item()));
                    for (int column = 0; column < columns; column++) {
                        double share = 2.0 * column / (columns - 1) - 1;
                        rows.add(mean.add(axis.unsqueeze(0).mul(share * reach * deviation)));
                    }
                }
                return sheet(count, columns, everywhere(Tensors.cat(rows, 0).to(DType.FLOAT32)));
            }
        });
    }

    /**
     * A picture that was projected.
     *
     * @param style w, {@code styleSize} numbers
     * @param values its picture, [C, H, W]
     * @param error mean squared error of its pixels
     */
    public record Projection(float[] style, float[] values, double error) {
        public Projection {
            style = style.clone();
            values = values.clone();
        }

        @Override
        public float[] style() {
            return style.clone();
        }

        @Override
        public float[] values() {
            return values.clone();
        }
    }

    /**
     * Finds the style whose picture is most like one (after Karras et al. 2020, appendix D): Adam from the mean style, on the squared
     * error of the pixels and of the halved pictures, in place of the article's distance of VGG features. The rate falls in a line.
     *
     * @param picture [C, H, W] in [−1, 1]
     * @param steps of Adam, at least 1
     * @param progress hears the loss of each step
     * @throws IllegalArgumentException if the picture has another shape than the samples
     */
    public Projection project(float[] picture, int steps, DoubleConsumer progress) {
        int[] shape = generator.sampleShape().dimensions();
        int expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        Require.that(
                picture.length == expected,
                "the picture",
                expected + " numbers, " + Arrays.toString(shape) + ",",
                picture.length);
        Require.atLeast(1, "steps", steps);
        return generator.use(() -> {
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(0);
                    FunctionLayer found = FunctionLayer.with(random)
                            .weight(
                                    "w",
                                    (unused, fan, size) -> styles.meanStyle().reshape(size),
                                    1,
                                    styles.styleSize())
                            .computing((weights, input) -> input)) {
                Parameter style = found.parameters().values().iterator().next();
                Tensor target = Tensors.of(picture, 1, shape[0], shape[1], shape[2]);
                try (Optimizer optimizer = new AdamConfig(RATE, 0.9, 0.999, 1e-8).create(Map.of("w", style))) {
                    for (int step = 0; step < steps; step++) {
                        optimizer.learningRate(RATE * (1 - step / (double) steps));
                        try (TensorScope scratch = TensorScope.open()) {
                            Tensor loss = distance(styles.synthesize(everywhere(style.tensor())), target);
                            progress.accept(loss.item());
                            optimizer.minimize(loss);
                        }
                    }
                }
                Tensor made =
                        styles.synthesize(everywhere(style.tensor().detach())).detach();
                return new Projection(
                        style.tensor().toFloatArray(),
                        made.toFloatArray(),
                        made.sub(target).square().mean().item());
            }
        });
    }

    /** Σ over scales of the mean squared error; each halves the side of the one before, down to 4 pixels. */
    private static Tensor distance(Tensor images, Tensor target) {
        Tensor error = images.sub(target);
        Tensor sum = error.square().mean();
        while (error.size(2) % 2 == 0 && error.size(2) > 4) {
            error = Functional.avgPool2d(error, 2, 2, 0, false); // halving is linear
            sum = sum.add(error.square().mean());
        }
        return sum;
    }

    private Tensor everywhere(Tensor rows) {
        return rows.unsqueeze(1).expand(rows.size(0), layers(), rows.size(1));
    }

    private Sheet sheet(int rows, int columns, Tensor all) {
        int total = Math.multiplyExact(rows, columns);
        int elements = generator.sampleShape().elements();
        float[] values = new float[Math.multiplyExact(total, elements)];
        for (int done = 0; done < total; done += BATCH) {
            try (TensorScope scratch = TensorScope.open();
                    Autograd.Recording off = Autograd.noGrad()) {
                float[] part = styles.synthesize(all.narrow(0, done, Math.min(BATCH, total - done)))
                        .toFloatArray();
                System.arraycopy(part, 0, values, done * elements, part.length);
            }
        }
        return new Sheet(rows, columns, values);
    }
}
