package org.saddlepoint.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** Layers one after another, named 0, 1, 2, … */
public final class Sequential extends Layer {
    private final List<Layer> layers;

    /** These layers in this order. */
    public Sequential(List<? extends Layer> layers) {
        this.layers = List.copyOf(layers);
        for (int i = 0; i < this.layers.size(); i++) {
            child(Integer.toString(i), this.layers.get(i));
        }
    }

    /** These layers in this order. */
    public Sequential(Layer... layers) {
        this(List.of(layers));
    }

    @Override
    public Tensor forward(Tensor input) {
        return forward(input, null);
    }

    @Override
    public Tensor forward(Tensor input, @Nullable Tensor classes) {
        return after(layers.size(), input, classes);
    }

    /**
     * The output of the first so many layers. The scope of a layer holds its input, too, so that both what it made on the way
     * and its input are freed at once; what differentiation needs, the graph itself keeps, and lets go as it goes back.
     */
    private Tensor after(int count, Tensor input, @Nullable Tensor classes) {
        if (count == 0) {
            return input;
        }
        try (TensorScope scratch = TensorScope.open()) {
            return scratch.promote(layers.get(count - 1).forward(after(count - 1, input, classes), classes));
        }
    }

    @Override
    public boolean isPiecewiseLinear() {
        return layers.stream().allMatch(Layer::isPiecewiseLinear);
    }
}
