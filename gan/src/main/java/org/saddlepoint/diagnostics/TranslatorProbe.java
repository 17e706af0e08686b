package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.PairShape;
import org.saddlepoint.models.ImageTranslator;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.training.Direction;
import org.saddlepoint.training.TrainingState;
import org.saddlepoint.training.TranslationPlayers;

/**
 * Measures what {@link WeightProbe} does and, of each translator, what it makes of the same pictures each time: whether it changes
 * them, whether outputs differ as targets do, and whether they have their detail and contrast. Of two the worse one counts.
 */
public final class TranslatorProbe implements Probe {
    private static final int PICTURES = 16;
    private static final int LARGE_PICTURES = 4;
    private static final int LARGE = 3 * 64 * 64;

    private final WeightProbe weights;
    private final TranslationPlayers translators;
    private final Dataset data;
    private final PairShape shape;
    private final long seed;
    private @Nullable ReferenceSet real;

    /**
     * A probe of these translators, which stay the caller's.
     *
     * @param weights of all players; belongs to this from now on
     * @param data pairs of pictures, whether they belong together or not
     * @param seed of the choice of pictures
     */
    public TranslatorProbe(
            WeightProbe weights, TranslationPlayers translators, Dataset data, PairShape shape, long seed) {
        this.weights = weights;
        this.translators = translators;
        this.data = data;
        this.shape = shape;
        this.seed = seed;
    }

    @Override
    public void arm() {
        weights.arm();
    }

    @Override
    public Map<Signal, Double> measure(TrainingState state) {
        EnumMap<Signal, Double> values = new EnumMap<>(Signal.class);
        values.putAll(weights.measure(state));
        List<ImageTranslator> networks = new ArrayList<>();
        translators.directions().forEach(direction -> networks.add(translators.get(direction)));
        try (TensorScope scope = TensorScope.open();
                Undisturbed kept = new Undisturbed(state.random(), networks);
                Autograd.Recording off = Autograd.noGrad()) {
            ReferenceSet chosen = chosen();
            float[] a = part(chosen, 0, shape.a());
            float[] b = part(chosen, shape.a().elements(), shape.b());
            for (Direction direction : translators.directions()) {
                boolean there = direction == Direction.A2B;
                measure(
                        translators.get(direction),
                        there ? new Side(a, shape.a()) : new Side(b, shape.b()),
                        there ? new Side(b, shape.b()) : new Side(a, shape.a()),
                        values);
            }
        }
        return values;
    }

    /** Pictures of one kind. */
    record Side(float[] values, ImageShape shape) {
        Tensor tensor() {
            return Tensors.of(
                    values, values.length / shape.elements(), shape.channels(), shape.height(), shape.width());
        }
    }

    private ReferenceSet chosen() {
        ReferenceSet known = real;
        if (known == null) {
            int wanted = shape.a().elements() > LARGE ? LARGE_PICTURES : PICTURES;
            known = ReferenceSet.of(data, wanted, seed);
            real = known;
        }
        return known;
    }

    private static float[] part(ReferenceSet set, int offset, ImageShape image) {
        float[] values = new float[set.size() * image.elements()];
        for (int i = 0; i < set.size(); i++) {
            System.arraycopy(set.values(), i * set.elements() + offset, values, i * image.elements(), image.elements());
        }
        return values;
    }

    /** One by one, as translators normalize in training. */
    private void measure(ImageTranslator network, Side input, Side target, Map<Signal, Double> values) {
        Tensor from = input.tensor().to(translators.device());
        List<Tensor> each = new ArrayList<>();
        for (int i = 0; i < from.size(0); i++) {
            each.add(network.translate(from.narrow(0, i, 1)));
        }
        Tensor translated = Tensors.cat(each, 0).detach();
        if (translated.countNonFinite() > 0) {
            return;
        }
        compare(translated.toFloatArray(), input, target, values);
    }

    /** Signals of the translations of some inputs, into values that may hold those of another translator. */
    static void compare(float[] output, Side input, Side target, Map<Signal, Double> values) {
        double apart = Cloud.of(target.tensor().flatten(1)).spread();
        double spread =
                Cloud.of(new Side(output, target.shape()).tensor().flatten(1)).spread();
        values.merge(Signal.INPUT_EFFECT, spread / Math.max(1e-12, apart), Math::min);
        if (input.shape().equals(target.shape())) {
            double change = distance(output, input.values(), input.shape().elements());
            double wanted =
                    distance(target.values(), input.values(), input.shape().elements());
            values.merge(Signal.INPUT_CHANGE, change / Math.max(1e-12, wanted), Math::min);
        }
        PictureTraits ofTarget = new PictureTraits(target.values(), target.shape());
        PictureTraits ofOutput = new PictureTraits(output, target.shape());
        if (ofTarget.detail() > 0) {
            values.merge(Signal.DETAIL, ofOutput.detail() / ofTarget.detail(), Math::min);
        }
        values.merge(Signal.BRIGHTNESS, ofOutput.brightness(ofTarget), Math::max);
        values.merge(Signal.CONTRAST, ofOutput.contrast(ofTarget), TranslatorProbe::fartherFromOne);
    }

    private static double fartherFromOne(double a, double b) {
        return Math.abs(Math.log(a)) > Math.abs(Math.log(b)) ? a : b;
    }

    /** Mean over pictures of their distances. */
    private static double distance(float[] x, float[] y, int elements) {
        double sum = 0;
        for (int start = 0; start < x.length; start += elements) {
            double square = 0;
            for (int i = start; i < start + elements; i++) {
                double difference = (double) x[i] - y[i];
                square += difference * difference;
            }
            sum += Math.sqrt(square);
        }
        return sum * elements / x.length;
    }

    @Override
    public void close() {
        weights.close();
    }
}
