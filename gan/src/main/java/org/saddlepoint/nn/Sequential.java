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
        Tensor output = input;
        for (Layer layer : layers) {
            // What a layer made on the way is freed at once; what differentiation needs, the graph itself keeps.
            try (TensorScope scratch = TensorScope.open()) {
                output = scratch.promote(layer.forward(output, classes));
            }
        }
        return output;
    }

    @Override
    public boolean isPiecewiseLinear() {
        return layers.stream().allMatch(Layer::isPiecewiseLinear);
    }
}
