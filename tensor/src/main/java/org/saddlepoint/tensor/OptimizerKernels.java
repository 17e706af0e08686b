package org.saddlepoint.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * Optimizer updates of many tensors in one native call. They are written in TorchScript, since the binding lacks
 * libtorch's fused optimizers. All lists run in parallel, one entry a parameter; parameters and states change in place.
 *
 * <p>Gradients may lie in memory in any order. Parameters are dense, and states lie as their parameters do, as {@link
 * Tensors#zerosLike} makes them; {@link IllegalArgumentException} where a shape, a type or a memory order is wrong.
 */
public final class OptimizerKernels {
    private static final String SOURCE =
            """
            def adam(parameters: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor],
                     steps: List[Tensor], lr: float, beta1: float, beta2: float, eps: float, decay: float) -> int:
                torch._foreach_add_(steps, 1)
                empty: List[Tensor] = []
                torch._fused_adam_(parameters, gradients, first, second, empty, steps, lr=lr, beta1=beta1, beta2=beta2,
                                   weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
                return 0

            def sgd(parameters: List[Tensor], gradients: List[Tensor], momenta: List[Tensor], lr: float,
                    momentum: float, decay: float, is_first: bool) -> int:
                torch._fused_sgd_(parameters, gradients, momenta, weight_decay=decay, momentum=momentum, lr=lr,
                                  dampening=0.0, nesterov=False, maximize=False, is_first_step=is_first)
                return 0

            def rmsprop(parameters: List[Tensor], gradients: List[Tensor], squares: List[Tensor], lr: float,
                        alpha: float, eps: float) -> int:
                for i in range(len(parameters)):
                    g = gradients[i]
                    squares[i].mul_(alpha).addcmul_(g, g, value=1.0 - alpha)
                    parameters[i].addcdiv_(g, squares[i].sqrt().add_(eps), value=-lr)
                return 0

            def lerp(averages: List[Tensor], values: List[Tensor], weight: float) -> int:
                torch._foreach_lerp_(averages, values, weight)
                return 0

            def sums(values: List[Tensor]) -> Tensor:
                if values[0].is_cuda:
                    return torch.stack(torch._foreach_norm(values)).sum()
                total = values[0].sum()
                for i in range(1, len(values)):
                    total = total + values[i].sum()
                return total
            """;

    private static org.bytedeco.pytorch.@org.jspecify.annotations.Nullable CompilationUnit unit;

    private OptimizerKernels() {}

    /**
     * Settings of {@link #adam}.
     *
     * @param learningRate η, size of a step
     * @param beta1 decay of the mean of gradients
     * @param beta2 decay of the mean of squares
     * @param epsilon added to the root
     * @param decay weight decay added to the gradient (L2), 0 for none
     */
    public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon, double decay) {}

    /**
     * State of {@link #adam}, one entry a parameter.
     *
     * @param firstMoments means of gradients, shaped as the parameters
     * @param secondMoments means of squared gradients, shaped as the parameters
     * @param steps numbers of updates so far, float32 scalars
     */
    public record AdamState(List<Tensor> firstMoments, List<Tensor> secondMoments, List<Tensor> steps) {}

    /**
     * Settings of {@link #sgd}.
     *
     * @param learningRate η, size of a step
     * @param momentum μ, share of the last step that is kept
     * @param decay weight decay added to the gradient (L2), 0 for none
     */
    public record SgdSettings(double learningRate, double momentum, double decay) {}

    /** Adam (Kingma and Ba 2015, Algorithm 1); each step count rises by one first. */
    public static void adam(List<Tensor> parameters, List<Tensor> gradients, AdamState state, AdamSettings settings) {
        requireSameCount("step count", parameters, state.steps());
        requireSameMemory("first moment", parameters, state.firstMoments());
        requireSameMemory("second moment", parameters, state.secondMoments());
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> aligned = inMemoryOrderOf(parameters, gradients);
            List<?>[] lists = {parameters, aligned, state.firstMoments(), state.secondMoments(), state.steps()};
            call("adam", lists, new IValue[] {
                new IValue(settings.learningRate()),
                new IValue(settings.beta1()),
                new IValue(settings.beta2()),
                new IValue(settings.epsilon()),
                new IValue(settings.decay())
            });
        }
    }

    /**
     * Gradient descent; v ← μ v + g (v = g at the first step) and θ ← θ − η v.
     *
     * @param momenta v; may be empty where μ = 0
     */
    public static void sgd(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> momenta,
            SgdSettings settings,
            boolean firstStep) {
        // libtorch wants no momenta at all where they are not used.
        List<Tensor> used = settings.momentum() == 0 ? List.of() : momenta;
        if (settings.momentum() != 0) {
            requireSameMemory("momentum", parameters, momenta);
        }
        try (TensorScope scratch = TensorScope.open()) {
            List<Tensor> aligned = inMemoryOrderOf(parameters, gradients);
            call("sgd", new List<?>[] {parameters, aligned, used}, new IValue[] {
                new IValue(settings.learningRate()),
                new IValue(settings.momentum()),
                new IValue(settings.decay()),
                new IValue(firstStep)
            });
        }
    }

    /** RMSProp (Hinton 2012) as PyTorch has it: s ← α s + (1 − α) g², θ ← θ − η g / (√s + ε). */
    public static void rmsProp(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> squares,
            double learningRate,
            double alpha,
            double epsilon) {
        requireSameShapes("gradient", parameters, gradients);
        requireSameShapes("square", parameters, squares);
        call("rmsprop", new List<?>[] {parameters, gradients, squares}, new IValue[] {
            new IValue(learningRate), new IValue(alpha), new IValue(epsilon)
        });
    }

    /** Moves each average towards its value: a ← a + weight · (v − a). */
    public static void lerp(List<Tensor> averages, List<Tensor> values, double weight) {
        requireSameShapes("value", averages, values);
        call("lerp", new List<?>[] {averages, values}, new IValue[] {new IValue(weight)});
    }

    /**
     * Whether no number is infinite or NaN, all tensors of floating point on one device. One pass: a sum or norm of
     * numbers with an infinite one or a NaN among them is infinite or NaN; only where it is are they looked at one by one,
     * since it may have overflowed.
     */
    public static boolean allFinite(List<Tensor> tensors) {
        if (tensors.isEmpty()) {
            return true;
        }
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            double sums = apply("sums", new List<?>[] {tensors}, new IValue[0])
                    .toTensor()
                    .item_double();
            return Double.isFinite(sums) || tensors.stream().allMatch(each -> each.countNonFinite() == 0);
        }
    }

    private static void requireSameCount(String what, List<Tensor> parameters, List<Tensor> others) {
        if (parameters.size() != others.size()) {
            throw new IllegalArgumentException(
                    "expected one " + what + " a parameter, " + parameters.size() + ", but was given " + others.size());
        }
    }

    private static void requireSameShapes(String what, List<Tensor> parameters, List<Tensor> others) {
        requireSameCount(what, parameters, others);
        for (int i = 0; i < others.size(); i++) {
            Tensor parameter = parameters.get(i);
            Tensor other = others.get(i);
            if (!other.shape().equals(parameter.shape()) || other.dtype() != parameter.dtype()) {
                throw new IllegalArgumentException("the " + what + " of parameter " + i + ": expected "
                        + parameter.dtype() + " " + parameter.shape() + " but was " + other.dtype() + " "
                        + other.shape());
            }
        }
    }

    /** The fused kernels walk memory from end to end and look at no strides. */
    private static void requireSameMemory(String what, List<Tensor> parameters, List<Tensor> states) {
        requireSameShapes(what, parameters, states);
        for (int i = 0; i < states.size(); i++) {
            if (!sameMemoryOrder(parameters.get(i), states.get(i))) {
                throw new IllegalArgumentException("the " + what + " of parameter " + i
                        + " lies in memory in another order than the parameter; make it with Tensors.zerosLike");
            }
        }
    }

    /** The gradients, those replaced by a copy whose memory is ordered unlike their parameter's. */
    private static List<Tensor> inMemoryOrderOf(List<Tensor> parameters, List<Tensor> gradients) {
        requireSameShapes("gradient", parameters, gradients);
        List<Tensor> aligned = new ArrayList<>(gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            Tensor parameter = parameters.get(i);
            Tensor gradient = gradients.get(i);
            if (!parameter.handle.is_non_overlapping_and_dense()) {
                throw new IllegalArgumentException("parameter " + i + " of shape " + parameter.shape()
                        + " is a view with gaps in memory; optimizers change whole tensors only");
            }
            if (sameMemoryOrder(parameter, gradient)) {
                aligned.add(gradient);
            } else {
                Tensor copy = Tensors.zerosLike(parameter);
                copy.assign(gradient);
                aligned.add(copy);
            }
        }
        return aligned;
    }

    private static boolean sameMemoryOrder(Tensor parameter, Tensor other) {
        for (int axis = 0; axis < parameter.handle.dim(); axis++) {
            if (parameter.handle.size(axis) > 1 && parameter.handle.stride(axis) != other.handle.stride(axis)) {
                return false;
            }
        }
        return true;
    }

    private static void call(String name, List<?>[] lists, IValue[] numbers) {
        if (lists[0].isEmpty()) {
            return;
        }
        try (TensorScope scope = TensorScope.open();
                Autograd.Recording off = Autograd.noGrad()) {
            apply(name, lists, numbers);
        }
    }

    /** Answers in the scope that is open. */
    private static IValue apply(String name, List<?>[] lists, IValue[] numbers) {
        IValueVector arguments = new IValueVector();
        for (List<?> list : lists) {
            GenericList values = new GenericList(new Type.TypePtr(TensorType.get()));
            for (Object tensor : list) {
                ((Tensor) tensor).requireAlive();
                values.push_back(new IValue(((Tensor) tensor).handle));
            }
            arguments.push_back(new IValue(values));
        }
        for (IValue number : numbers) {
            arguments.push_back(number);
        }
        long began = OperationProfile.begin();
        try {
            IValue result = function(name).apply(arguments);
            OperationProfile.end(name, began);
            return result;
        } catch (RuntimeException e) {
            throw TensorException.of(name, e);
        }
    }

    private static synchronized Function function(String name) {
        if (unit == null) {
            unit = org.bytedeco.pytorch.global.torch.compile(SOURCE);
            unit.retainReference();
        }
        return unit.get_function(new QualifiedName(name));
    }
}
