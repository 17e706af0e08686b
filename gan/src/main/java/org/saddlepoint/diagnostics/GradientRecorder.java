package org.saddlepoint.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.saddlepoint.nn.Network;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.optim.GradientTransform;
import org.saddlepoint.optim.Optimizer;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * Looks at the gradients of an optimizer's steps and passes them on as they are: those of the training itself, with all
 * penalties, and no second differentiation.
 */
final class GradientRecorder implements GradientTransform {
    /** A layer with fewer units says nothing by their share. */
    private static final int UNITS = 4;

    private final List<Integer> layers = new ArrayList<>();
    private boolean armed;
    private OptionalDouble norm = OptionalDouble.empty();
    private OptionalDouble dead = OptionalDouble.empty();

    private GradientRecorder(Network network) {
        List<String> prefixes = network.modules(WeightLayer.class).entrySet().stream()
                .filter(layer -> !layer.getValue().isTable()) // only rows of labels that were asked for have a gradient
                .map(entry -> entry.getKey() + ".")
                .toList();
        int index = 0;
        for (var parameter : network.parameters().entrySet()) {
            Tensor weight = parameter.getValue().tensor();
            boolean ofLayer = prefixes.stream().anyMatch(parameter.getKey()::startsWith);
            boolean matrix =
                    weight.shape().rank() >= 2 && weight.shape().elements() > weight.size(0) && weight.size(0) >= UNITS;
            if (ofLayer && matrix) {
                layers.add(index);
            }
            index++;
        }
    }

    /** Looks at the steps of this optimizer of this network from now on. */
    static GradientRecorder on(Network network, Optimizer optimizer) {
        GradientRecorder recorder = new GradientRecorder(network);
        optimizer.transform(recorder);
        return recorder;
    }

    /** Looks at the gradients of the next steps, until they are taken. */
    void arm() {
        armed = true;
    }

    @Override
    public Optional<List<Tensor>> apply(List<Tensor> gradients) {
        if (armed) {
            try (TensorScope scratch = TensorScope.open()) {
                norm = OptionalDouble.of(Math.sqrt(sum(gradients)));
                dead = dead(gradients);
            }
        }
        return Optional.of(gradients);
    }

    private static double sum(List<Tensor> gradients) {
        List<Tensor> squares =
                gradients.stream().map(gradient -> gradient.square().sum()).toList();
        return Tensors.stack(squares, 0).sum().item();
    }

    private OptionalDouble dead(List<Tensor> gradients) {
        List<Tensor> shares = layers.stream()
                .map(gradients::get)
                .map(gradient -> gradient.abs().flatten(1).max(false, 1).eq(0))
                .map(zero -> zero.to(org.saddlepoint.tensor.DType.FLOAT32).mean())
                .toList();
        return shares.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Tensors.stack(shares, 0).max().item());
    }

    /** Adds what was seen, and looks no further. */
    void take(Signal norms, Signal units, Map<Signal, Double> values) {
        norm.ifPresent(value -> values.put(norms, value));
        dead.ifPresent(value -> values.put(units, value));
        norm = OptionalDouble.empty();
        dead = OptionalDouble.empty();
        armed = false;
    }
}
