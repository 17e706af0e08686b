package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(LeakCheck.class)
class DerivativesTest {
    /** Methods from tensors to tensors through which no gradient flows. */
    private static final Set<String> NOT_DIFFERENTIABLE = Set.of(
            "Linalg.lowerGram",
            "Linalg.pivotedCholesky",
            "Tensor.detach",
            "Tensor.withGrad",
            "Tensor.sign",
            "Tensor.gt",
            "Tensor.ge",
            "Tensor.lt",
            "Tensor.le",
            "Tensor.eq",
            "Tensor.isFinite",
            "Tensor.all",
            "Tensor.argmax",
            "Tensors.zerosLike",
            "Tensors.onesLike");

    static List<Derivatives.Case> cases() {
        return Derivatives.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void firstDerivativesAgreeWithFiniteDifferences(Derivatives.Case it) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(20)) {
            List<Tensor> inputs = it.inputs().apply(new Derivatives.Inputs(random));
            FiniteDifferences.Report report = FiniteDifferences.check(it.name(), it.function(), inputs);
            assertThat(report.largest()).as("derivatives to compare").isGreaterThan(1e-2);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void secondDerivativesAgreeWithFiniteDifferences(Derivatives.Case it) {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(21)) {
            List<Tensor> inputs = it.inputs().apply(new Derivatives.Inputs(random));
            if (it.kind() == Derivatives.Kind.ONCE) {
                assertThatThrownBy(() -> FiniteDifferences.checkSecondOrder(it.name(), it.function(), inputs))
                        .hasMessageContaining("not implemented");
                return;
            }
            FiniteDifferences.Report report = FiniteDifferences.checkSecondOrder(it.name(), it.function(), inputs);
            if (it.kind() == Derivatives.Kind.CURVED) {
                assertThat(report.largest()).as("second derivatives to compare").isGreaterThan(1e-2);
            } else {
                assertThat(report.largest()).as("second derivatives").isLessThan(1e-9);
            }
        }
    }

    @Test
    void everyOperationIsListed() {
        Set<String> listed =
                cases().stream().map(it -> it.name().split(":", 2)[0]).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = Stream.of(Tensor.class, Tensors.class, Functional.class, Linalg.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(DerivativesTest::mapsTensors)
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(expected).containsAll(NOT_DIFFERENTIABLE);
        expected.removeAll(NOT_DIFFERENTIABLE);
        assertThat(listed).isEqualTo(expected);
    }

    private static boolean mapsTensors(Method method) {
        Set<Class<?>> results = Set.of(Tensor.class, Linalg.Eigen.class, Linalg.QR.class);
        Set<Class<?>> operands = Set.of(Tensor.class, List.class);
        return Modifier.isPublic(method.getModifiers())
                && results.contains(method.getReturnType())
                && (!Modifier.isStatic(method.getModifiers())
                        || Arrays.stream(method.getParameterTypes()).anyMatch(operands::contains));
    }
}
