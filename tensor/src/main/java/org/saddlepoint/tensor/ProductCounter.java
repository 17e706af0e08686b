package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the multiplications in convolutions and products of matrices until it is closed, with those of their derivatives, first and
 * second: those that the results need, not what libtorch may do beyond. It counts what the thread computes that opened it.
 *
 * <p>Each such operation is linear in its input and in its weight: either gradient takes as many multiplications again, and is itself
 * such an operation, of the arriving gradient and the other operand. A backward pass is followed through all that lies between its
 * outputs and its inputs.
 */
public final class ProductCounter implements AutoCloseable {
    /** Linear in each of two operands, without a product to count. */
    private static final String MUL = "mul";

    /** Neither linear nor piecewise linear: their gradients depend on what they were computed of. */
    private static final Set<String> CURVED = Set.of(
            "batchNorm",
            "div",
            "exp",
            "groupNorm",
            "instanceNorm",
            "layerNorm",
            "log",
            "logSoftmax",
            "logSumExp",
            "norm",
            "pow",
            "sigmoid",
            "silu",
            "softplus",
            "sqrt",
            "square",
            "tanh",
            "var");

    private static final ThreadLocal<@Nullable ProductCounter> CURRENT = new ThreadLocal<>();

    private final IdentityHashMap<Tensor, Node> nodes = new IdentityHashMap<>();
    private final Map<Product, Long> products = new LinkedHashMap<>();
    private long multiplications;

    private ProductCounter() {}

    /**
     * A convolution, or a product of matrices, of certain sizes.
     *
     * @param operation its name
     * @param input shape of what is transformed
     * @param weight shape of what it is transformed by
     * @param stride of a convolution, else 1
     * @param padding of a convolution, else 0
     * @param groups of a convolution, else 1
     */
    public record Product(String operation, Shape input, Shape weight, int stride, int padding, int groups) {
        static @Nullable Product of(String operation, Settings settings, NativeTensor... operands) {
            Tensor input = operands.length < 2 ? null : tensor(operands[0]);
            Tensor weight = operands.length < 2 ? null : tensor(operands[1]);
            if (input == null || weight == null) {
                return null;
            }
            return switch (operation) {
                case "linear", "matmul" -> new Product(operation, input.shape(), weight.shape(), 1, 0, 1);
                case "conv2d", "convTranspose2d" ->
                    new Product(
                            operation,
                            input.shape(),
                            weight.shape(),
                            (int) settings.integers("strides")[0],
                            (int) settings.integers("padding")[0],
                            settings.has("groups") ? (int) settings.integer("groups") : 1);
                default -> null;
            };
        }

        /** Computes it, of operands of these shapes. */
        public Tensor compute(Tensor operand, Tensor by) {
            return switch (operation) {
                case "linear" -> Functional.linear(operand, by, null);
                case "matmul" -> operand.matmul(by);
                case "conv2d" ->
                    Functional.conv2d(operand, by, null, new Functional.Convolution(stride, padding, 1, groups));
                default -> Functional.convTranspose2d(operand, by, null, stride, padding, 0);
            };
        }

        /** Multiplications that give a result of this shape. */
        public long multiplications(Shape result) {
            return switch (operation) {
                case "linear" -> result.elements() * weight.size(1);
                case "matmul" -> result.elements() * input.size(input.rank() - 1);
                case "conv2d" -> result.elements() * (weight.elements() / weight.size(0));
                default -> input.elements() * (weight.elements() / weight.size(0));
            };
        }
    }

    private static @Nullable Tensor tensor(Object value) {
        return value instanceof Tensor tensor ? tensor : null;
    }

    /**
     * What a tensor was computed by.
     *
     * @param operands what its gradient flows to
     * @param bilinear whether it is linear in each of the first two, whose gradients take as many multiplications as it did
     * @param curved whether gradients depend on the operands in another way
     */
    private record Node(List<@Nullable Node> operands, boolean bilinear, boolean curved, long multiplications) {
        static Node leaf() {
            return new Node(List.of(), false, false, 0);
        }

        /** The gradient of the operand with this index, given that of the result. */
        Node gradient(Node arriving, int index) {
            List<@Nullable Node> of = new ArrayList<>();
            of.add(arriving);
            if (bilinear && index < 2) {
                of.add(operands.get(1 - index));
                return new Node(of, true, false, multiplications);
            }
            if (curved) {
                of.addAll(operands);
            }
            return new Node(of, false, curved, 0);
        }

        // Two tensors of equal history are two tensors.
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /**
     * Begins.
     *
     * @throws IllegalStateException if this thread has another one open
     */
    public static ProductCounter open() {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("another counter listens to this thread; close it first");
        }
        ProductCounter counter = new ProductCounter();
        CURRENT.set(counter);
        return counter;
    }

    /** Multiplications so far, each of which comes with an addition. */
    public long multiplications() {
        return multiplications;
    }

    /** The different products of forward passes so far, with the multiplications of each. */
    public Map<Product, Long> products() {
        return Collections.unmodifiableMap(products);
    }

    /** Tells the counter of this thread, if there is one, of an operation. */
    static void made(String operation, Settings settings, NativeTensor[] operands, Tensor result) {
        ProductCounter counter = CURRENT.get();
        if (counter != null) {
            counter.count(operation, settings, operands, result);
        }
    }

    /** Tells it of a backward pass; results that can be differentiated again are given, others are not. */
    static void differentiated(List<Tensor> outputs, List<Tensor> inputs, List<Tensor> results) {
        ProductCounter counter = CURRENT.get();
        if (counter != null) {
            counter.countBackward(outputs, inputs, results);
        }
    }

    private void count(String operation, Settings settings, NativeTensor[] operands, Tensor result) {
        Product product = Product.of(operation, settings, operands);
        long own = 0;
        if (product != null) {
            own = product.multiplications(result.shape());
            products.put(product, own);
            multiplications += own;
        }
        if (!result.requiresGrad()) {
            return;
        }
        List<@Nullable Node> of = new ArrayList<>();
        Stream.concat(Stream.of(operands), settings.all().values().stream()).forEach(value -> {
            Tensor tensor = tensor(value);
            of.add(tensor == null ? null : node(tensor));
        });
        boolean bilinear = product != null || (operation.equals(MUL) && operands.length == 2);
        nodes.put(result, new Node(of, bilinear, CURVED.contains(operation), own));
    }

    private @Nullable Node node(Tensor tensor) {
        return tensor.requiresGrad() ? nodes.computeIfAbsent(tensor, each -> Node.leaf()) : null;
    }

    private void countBackward(List<Tensor> outputs, List<Tensor> inputs, List<Tensor> results) {
        Map<Node, Boolean> needed = new HashMap<>();
        inputs.forEach(input -> needed.put(require(input), true));
        List<Node> order = new ArrayList<>(); // operands before what is computed of them
        outputs.forEach(output -> visit(require(output), needed, order));
        Map<Node, List<@Nullable Node>> arriving = new HashMap<>();
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            Node gradient = new Node(arriving.getOrDefault(node, List.of()), false, false, 0);
            for (int k = 0; k < node.operands().size(); k++) {
                Node operand = node.operands().get(k);
                if (operand != null && needed.getOrDefault(operand, false)) {
                    multiplications += node.bilinear() && k < 2 ? node.multiplications() : 0;
                    arriving.computeIfAbsent(operand, each -> new ArrayList<>()).add(node.gradient(gradient, k));
                }
            }
        }
        for (int i = 0; i < results.size(); i++) {
            nodes.put(
                    results.get(i),
                    new Node(arriving.getOrDefault(require(inputs.get(i)), List.of()), false, false, 0));
        }
    }

    private Node require(Tensor tensor) {
        Node node = node(tensor);
        return node == null ? Node.leaf() : node;
    }

    /** Finds whether a gradient has to reach a node, and lists those that it passes, operands first. */
    private static boolean visit(@Nullable Node node, Map<Node, Boolean> needed, List<Node> order) {
        if (node == null) {
            return false;
        }
        Boolean known = needed.get(node);
        if (known != null) {
            return known;
        }
        boolean any = false;
        for (Node operand : node.operands()) {
            any |= visit(operand, needed, order);
        }
        needed.put(node, any);
        if (any) {
            order.add(node);
        }
        return any;
    }

    /** Stops; closing twice does nothing. */
    @Override
    public void close() {
        if (CURRENT.get() == this) {
            CURRENT.remove();
        }
    }
}
