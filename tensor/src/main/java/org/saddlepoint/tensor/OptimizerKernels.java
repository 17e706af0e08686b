package org.saddlepoint.tensor;

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
            """;

    private static org.bytedeco.pytorch.@org.jspecify.annotations.Nullable CompilationUnit unit;

    private OptimizerKernels() {}

    /**
     * Adam (Kingma and Ba 2015, Algorithm 1); each step count, a float32 scalar, rises by one first.
     *
     * @param decay weight decay added to the gradient (L2), 0 for none
     */
    public static void adam(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> firstMoments,
            List<Tensor> secondMoments,
            List<Tensor> steps,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double decay) {
        call("adam", new List<?>[] {parameters, gradients, firstMoments, secondMoments, steps}, new IValue[] {
            new IValue(learningRate), new IValue(beta1), new IValue(beta2), new IValue(epsilon), new IValue(decay)
        });
    }

    /** Gradient descent; v ← μ v + g (v = g at the first step) and θ ← θ − η v. */
    public static void sgd(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> momenta,
            double learningRate,
            double momentum,
            double decay,
            boolean firstStep) {
        call("sgd", new List<?>[] {parameters, gradients, momenta}, new IValue[] {
            new IValue(learningRate), new IValue(momentum), new IValue(decay), new IValue(firstStep)
        });
    }

    /** RMSProp (Hinton 2012) as PyTorch has it: s ← α s + (1 − α) g², θ ← θ − η g / (√s + ε). */
    public static void rmsProp(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> squares,
            double learningRate,
            double alpha,
            double epsilon) {
        call("rmsprop", new List<?>[] {parameters, gradients, squares}, new IValue[] {
            new IValue(learningRate), new IValue(alpha), new IValue(epsilon)
        });
    }

    /** Moves each average towards its value: a ← a + weight · (v − a). */
    public static void lerp(List<Tensor> averages, List<Tensor> values, double weight) {
        call("lerp", new List<?>[] {averages, values}, new IValue[] {new IValue(weight)});
    }

    private static void call(String name, List<?>[] lists, IValue[] numbers) {
        try (TensorScope scope = TensorScope.open();
                Autograd.NoGrad off = Autograd.noGrad()) {
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
            try {
                function(name).apply(arguments);
            } catch (RuntimeException e) {
                throw TensorException.of(name, e);
            }
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
