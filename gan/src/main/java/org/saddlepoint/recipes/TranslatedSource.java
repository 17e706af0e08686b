package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.data.PairHalf;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.SampleSource;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.Inference;
import org.saddlepoint.training.Translators;

/** What translators make of one half of pairs: generated samples for metrics of distributions. */
final class TranslatedSource implements SampleSource {
    private final DatasetSource inputs;
    private final String name;
    private final int[] shape;
    private final Translators translators;
    private final Direction direction;
    private final Inference inference;

    TranslatedSource(
            PairHalf from, PairHalf to, Translators translators, Direction direction, Inference inference, long seed) {
        this.inputs = new DatasetSource(from, seed);
        this.name = "translations of " + from.name();
        this.shape = to.shape().dimensions();
        this.translators = translators;
        this.direction = direction;
        this.inference = inference;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public int available() {
        return inputs.available();
    }

    @Override
    public String weights() {
        return translators.hasAverage() ? "moving average" : "last";
    }

    @Override
    public List<String> classNames() {
        return List.of();
    }

    @Override
    public String labels() {
        return "";
    }

    @Override
    public Drawn next(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor pictures = inputs.next(count).samples();
            List<Tensor> translated = new ArrayList<>();
            for (int i = 0; i < count; i++) { // one by one, as translate does
                translated.add(translators.translate(pictures.narrow(0, i, 1), direction, inference));
            }
            return new Drawn(scratch.promote(Tensors.cat(translated, 0)), List.of());
        }
    }
}
