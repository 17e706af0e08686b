package org.saddlepoint.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.saddlepoint.data.Batch;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.plot.LabelledSheet;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * What translators make of the same examples, one a column: input, output and target of pairs; of cycles each kind, its
 * translation, and back again.
 */
public final class TranslationPicture implements SampleListener.Picture {
    private static final int COLUMNS = 8;

    private final TranslationPlayers trained;
    private final Function<RandomGenerator, Translators> another;
    private final Dataset data;
    private final long seed;

    /**
     * @param trained the translators in training, whose weights count
     * @param another builds translators of the same settings, which are used in place of those in training, since use may
     *     draw random numbers and change statistics
     * @param seed of their dropout, where they have it in use
     */
    public TranslationPicture(
            TranslationPlayers trained, Function<RandomGenerator, Translators> another, Dataset data, long seed) {
        this.trained = trained;
        this.another = another;
        this.data = data;
        this.seed = seed;
    }

    @Override
    public void draw(String title, Path file) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(seed);
                Translators used = another.apply(random)) {
            used.load(trained.bestParts());
            List<String> names = new ArrayList<>();
            List<Tensor> rows = new ArrayList<>();
            PairTensors pairs = examples(used);
            if (used.directions().size() == 1) {
                names.addAll(List.of("input", "output", "target"));
                rows.addAll(List.of(pairs.a(), translate(used, pairs.a(), Direction.A2B), pairs.b()));
            } else {
                names.addAll(List.of("A", "A to B", "back to A", "B", "B to A", "back to B"));
                for (Direction direction : Direction.values()) {
                    Tensor input = direction == Direction.A2B ? pairs.a() : pairs.b();
                    Tensor there = translate(used, input, direction);
                    rows.addAll(List.of(input, there, translate(used, there, direction.back())));
                }
            }
            write(names, rows, file);
        }
    }

    /** One by one, so that each is normalized by its own statistics where these count. */
    private Tensor translate(Translators used, Tensor images, Direction direction) {
        List<Tensor> translated = new ArrayList<>();
        for (int i = 0; i < images.size(0); i++) {
            translated.add(used.translate(images.narrow(0, i, 1), direction));
        }
        return Tensors.cat(translated, 0);
    }

    private static void write(List<String> names, List<Tensor> rows, Path file) {
        int columns = (int) rows.get(0).size(0);
        int height = (int) rows.get(0).size(2);
        int width = (int) rows.get(0).size(3);
        List<Tensor> colour =
                rows.stream().map(row -> row.expand(columns, 3, height, width)).toList();
        SampleSheet sheet = SampleSheet.of(names.size() * columns, 3, height, width, columns);
        new LabelledSheet(sheet, names).write(Tensors.cat(colour, 0).toFloatArray(), file);
    }

    /** Examples from all over the data, in their plain view; damaged ones are left out. */
    private PairTensors examples(Translators used) {
        PairShape shape = (PairShape) data.shape();
        int wanted = Math.min(COLUMNS, data.size());
        float[] values = new float[wanted * shape.elements()];
        int found = 0;
        for (int i = 0; i < wanted; i++) {
            if (read((int) ((long) i * data.size() / wanted), values, found * shape.elements())) {
                found++;
            }
        }
        float[] read = Arrays.copyOf(values, found * shape.elements());
        return PairTensors.of(new Batch(read, new int[found], found, shape), used.device());
    }

    private boolean read(int index, float[] values, int offset) {
        try {
            data.read(index, values, offset);
            return true;
        } catch (DamagedExampleException e) {
            return false; // the dataset lists it
        }
    }
}
