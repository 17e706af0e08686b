package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A network's gradient with respect to its input that can be differentiated again, as gradient penalties need it.
 *
 * <pre>{@code
 * try (InputGradient pass = InputGradient.of(samples)) { // samples require gradients
 *     logits = discriminator.forward(samples);
 * }
 * Tensor gradients = pass.gradient(logits);
 * }</pre>
 *
 * <p>While it is open, it listens to what this thread computes of the input, and ReLU and LeakyReLU are products with their slopes,
 * which are constants. Then it goes back through the pass by operations that are recorded like any others: of a convolution a
 * transposed convolution, of a product the other factor. So what is differentiated later are first derivatives of plain operations,
 * which libtorch has the fastest kernels for; its own second derivatives of a convolution take up to 1.6 times as long, and of a ReLU
 * they carry zeros on through all layers below.
 *
 * <p>Where the way from the output back to the input has an operation that is not known here, or bfloat16 arithmetic, libtorch
 * differentiates ({@link Autograd#grad(List, List, boolean)}). Results and derivatives of all orders are the same, but for rounding.
 */
public final class InputGradient implements AutoCloseable {
    /** What changes neither the numbers nor their order. */
    private static final Set<String> RESHAPING = Set.of("reshape", "flatten", "squeeze", "unsqueeze", "channelsLast");

    private static final ThreadLocal<@Nullable InputGradient> CURRENT = new ThreadLocal<>();

    private final @Nullable InputGradient outer = CURRENT.get();
    private final TensorScope scope = TensorScope.current();
    private final Tensor input;
    private final Set<Tensor> dependent = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Node> nodes = new ArrayList<>();
    private boolean followed = true;

    private InputGradient(Tensor input) {
        this.input = input;
        dependent.add(input);
    }

    /** An operand that depends on the input, and its gradient as a function of the result's, where that is known. */
    private record Edge(Tensor operand, Optional<UnaryOperator<Tensor>> pullBack) {}

    private record Node(Tensor result, List<Edge> edges) {}

    /**
     * Listens to this thread until it is closed.
     *
     * @param input what gradients are asked with respect to; it requires them
     */
    public static InputGradient of(Tensor input) {
        InputGradient pass = new InputGradient(input);
        CURRENT.set(pass);
        return pass;
    }

    /** Whether slopes of piecewise linear functions are constants on this thread. */
    static boolean holdsSlopes() {
        return CURRENT.get() != null && Autograd.isRecording();
    }

    /** Stops listening; an enclosing pass of the same thread goes on. */
    @Override
    public void close() {
        CURRENT.set(outer);
    }

    /**
     * The gradient of an output's sum, differentiable, in the current scope.
     *
     * @param output computed of the input while this was open
     * @throws TensorException if the output does not depend on the input
     */
    public Tensor gradient(Tensor output) {
        if (!knowsTheWayTo(output)) {
            return Autograd.grad(List.of(output), List.of(input), true).get(0);
        }
        try (TensorScope scratch = TensorScope.open()) {
            IdentityHashMap<Tensor, Tensor> arriving = new IdentityHashMap<>();
            arriving.put(output, Tensors.onesLike(output));
            for (int i = nodes.size() - 1; i >= 0; i--) {
                Tensor gradient = arriving.remove(nodes.get(i).result());
                if (gradient != null) {
                    for (Edge edge : nodes.get(i).edges()) {
                        Tensor part = edge.pullBack().orElseThrow().apply(gradient);
                        arriving.merge(edge.operand(), part, Tensor::add);
                    }
                }
            }
            return scratch.promote(Objects.requireNonNull(arriving.get(input), "the way to the input"));
        }
    }

    /** Whether all operations from the input to an output are known here, so that libtorch need not differentiate. */
    public boolean knowsTheWayTo(Tensor output) {
        Set<Tensor> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        reached.add(output);
        boolean known = followed && dependent.contains(output);
        for (int i = nodes.size() - 1; i >= 0 && known; i--) {
            if (reached.remove(nodes.get(i).result())) {
                for (Edge edge : nodes.get(i).edges()) {
                    reached.add(edge.operand());
                    known &= edge.pullBack().isPresent();
                }
            }
        }
        return known;
    }

    /** Tells those who listen to this thread of an operation. */
    static void made(String operation, Settings settings, NativeTensor[] operands, Tensor result) {
        InputGradient pass = CURRENT.get();
        if (pass != null && Autograd.isRecording()) {
            for (InputGradient each = pass; each != null; each = each.outer) {
                each.follow(operation, settings, operands, result);
            }
        }
    }

    /** Tells them of what cannot be followed: changes in place, several results, hooks, second derivatives. */
    static void lost(NativeTensor... tensors) {
        for (InputGradient each = CURRENT.get(); each != null; each = each.outer) {
            each.followed &= Arrays.stream(tensors).noneMatch(each.dependent::contains);
        }
    }

    private void follow(String operation, Settings settings, NativeTensor[] operands, Tensor result) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < operands.length; i++) {
            if (dependent.contains(operands[i])) {
                edges.add(new Edge(
                        (Tensor) operands[i], Optional.ofNullable(pullBack(operation, settings, operands, i, result))));
            }
        }
        for (Object option : settings.all().values()) {
            if (option instanceof Tensor tensor && dependent.contains(tensor)) {
                edges.add(new Edge(tensor, Optional.empty()));
            }
        }
        if (!edges.isEmpty()) {
            dependent.add(result);
            nodes.add(new Node(result, List.copyOf(edges)));
        }
    }

    private @Nullable UnaryOperator<Tensor> pullBack(
            String operation, Settings settings, NativeTensor[] operands, int index, Tensor result) {
        if (torch.is_autocast_enabled(
                input.device().type() == Device.Type.CPU ? torch.DeviceType.CPU : torch.DeviceType.CUDA)) {
            return null;
        }
        Tensor operand = (Tensor) operands[index];
        Shape shape = operand.shape();
        if (RESHAPING.contains(operation)) {
            return gradient -> gradient.reshape(shape.toArray());
        }
        return switch (operation) {
            case "conv2d" -> index == 0 ? convolution(settings, operand, (Tensor) operands[1]) : null;
            case "linear" -> index == 0 ? by((Tensor) operands[1], Tensor::matmul) : null;
            case "add" -> gradient -> reduced(gradient, shape);
            case "sub" -> gradient -> reduced(index == 0 ? gradient : gradient.neg(), shape);
            case "neg" -> Tensor::neg;
            case "mul" ->
                settings.has("value")
                        ? gradient -> gradient.mul(settings.number("value"))
                        : by((Tensor) operands[1 - index], (gradient, other) -> reduced(gradient.mul(other), shape));
            case "div" ->
                settings.has("value")
                        ? gradient -> gradient.div(settings.number("value"))
                        : index == 0
                                ? by((Tensor) operands[1], (gradient, other) -> reduced(gradient.div(other), shape))
                                : null;
            case "sum" -> gradient -> spread(gradient, settings, shape);
            case "mean" -> {
                double share = (double) result.shape().elements() / shape.elements();
                yield gradient -> spread(gradient, settings, shape).mul(share);
            }
            case "avgPool2d" -> pooling(settings, shape);
            default -> null;
        };
    }

    /** A function of the arriving gradient and of another tensor, which stays as it is now. */
    private UnaryOperator<Tensor> by(Tensor other, BinaryOperator<Tensor> function) {
        Tensor kept = scope.share(other);
        return gradient -> function.apply(gradient, kept);
    }

    /** The transposed convolution, in the memory format of the convolution's input. */
    private UnaryOperator<Tensor> convolution(Settings settings, Tensor operand, Tensor weight) {
        long[] strides = settings.integers("strides");
        long[] padding = settings.integers("padding");
        long[] dilations = settings.integers("dilations");
        long[] rest = new long[2];
        for (int axis = 0; axis < 2; axis++) { // rows that no window of the convolution reached
            long span = dilations[axis] * (weight.size(2 + axis) - 1) + 1;
            rest[axis] = (operand.size(2 + axis) + 2 * padding[axis] - span) % strides[axis];
        }
        boolean last = operand.isChannelsLast();
        return by(
                weight,
                (gradient, kernels) -> Functional.convTranspose2d(
                        last ? gradient.channelsLast() : gradient,
                        kernels,
                        null,
                        strides,
                        padding,
                        rest,
                        dilations,
                        settings.integer("groups")));
    }

    /** Each mean's gradient to all that it is the mean of, where windows lie side by side. */
    private static @Nullable UnaryOperator<Tensor> pooling(Settings settings, Shape shape) {
        long[] kernel = settings.integers("kernel");
        boolean tiles = Arrays.equals(kernel, settings.integers("strides"))
                && Arrays.stream(settings.integers("padding")).allMatch(border -> border == 0)
                && shape.size(2) % kernel[0] == 0
                && shape.size(3) % kernel[1] == 0;
        return tiles
                ? gradient -> Functional.upsampleNearest(gradient, shape.size(2), shape.size(3))
                        .div((double) (kernel[0] * kernel[1]))
                : null;
    }

    /** The gradient of a sum over axes, or over all elements. */
    private static Tensor spread(Tensor gradient, Settings settings, Shape shape) {
        if (!settings.has("axes")) {
            return gradient.expand(shape.toArray());
        }
        long[] sizes = shape.toArray();
        for (long axis : settings.integers("axes")) {
            sizes[(int) (axis < 0 ? axis + sizes.length : axis)] = 1;
        }
        return gradient.reshape(sizes).expand(shape.toArray());
    }

    /** Sums over what was repeated to come from this shape to the gradient's. */
    private static Tensor reduced(Tensor gradient, Shape shape) {
        if (gradient.shape().equals(shape)) {
            return gradient;
        }
        int more = gradient.shape().rank() - shape.rank();
        List<Long> axes = new ArrayList<>();
        for (int axis = 0; axis < gradient.shape().rank(); axis++) {
            if (axis < more || (shape.size(axis - more) == 1 && gradient.size(axis) != 1)) {
                axes.add((long) axis);
            }
        }
        return gradient.sum(true, axes.stream().mapToLong(Long::longValue).toArray())
                .reshape(shape.toArray());
    }
}
