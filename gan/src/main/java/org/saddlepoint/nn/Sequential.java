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
     * The output of the first layers. The scope of a layer also owns its input, so that intermediate results and the input are
     * freed together; the graph keeps what differentiation needs, and frees it during the backward pass.
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
