package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.saddlepoint.data.pairs.PairHalf;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.SampleSource;
import org.saddlepoint.evaluation.Translations;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.Direction;

/** What translators make of one half of pairs: generated samples for metrics. */
final class TranslatedSource implements SampleSource {
    private final DatasetSource inputs;
    private final PairHalf from;
    private final PairHalf to;
    private final boolean paired;
    private final TranslationEvaluation.Used used;

    /**
     * @param from what is translated
     * @param to what it should become
     * @param paired see {@link Translations#paired}
     * @param seed of the order of samples
     */
    TranslatedSource(PairHalf from, PairHalf to, boolean paired, TranslationEvaluation.Used used, long seed) {
        this.inputs = new DatasetSource(from, seed);
        this.from = from;
        this.to = to;
        this.paired = paired;
        this.used = used;
    }

    /** What it should become. */
    PairHalf target() {
        return to;
    }

    @Override
    public String name() {
        return "translations of " + from.name();
    }

    @Override
    public int[] shape() {
        return to.shape().dimensions();
    }

    @Override
    public int available() {
        return inputs.available();
    }

    @Override
    public String weights() {
        return used.translators().hasAverage() ? "moving average" : "last";
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
    public Optional<Translations> translations() {
        Direction back = used.direction().back();
        Optional<UnaryOperator<Tensor>> returning =
                used.translators().directions().contains(back)
                        ? Optional.of(pictures -> translate(pictures, back))
                        : Optional.empty();
        return Optional.of(new Translations(
                from,
                to,
                paired,
                pictures -> translate(pictures, used.direction()),
                returning,
                used.translators().areRandom()));
    }

    @Override
    public Drawn next(int count) {
        try (TensorScope scratch = TensorScope.open()) {
            Tensor pictures = inputs.next(count).samples();
            List<Tensor> translated = new ArrayList<>();
            for (int i = 0; i < count; i++) { // one by one, as translate does
                translated.add(translate(pictures.narrow(0, i, 1), used.direction()));
            }
            return new Drawn(scratch.promote(Tensors.cat(translated, 0)), List.of());
        }
    }

    @Override
    public void skip(int count) {
        if (used.translators().areRandom()) {
            SampleSource.super.skip(count);
        } else {
            inputs.skip(count);
        }
    }

    private Tensor translate(Tensor pictures, Direction direction) {
        return used.translators().translate(pictures, direction);
    }
}
