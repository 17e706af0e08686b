package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class GraphRecorderTest {
    private TensorScope scope;

    @BeforeEach
    void open() {
        scope = TensorScope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void whatDependsOnInputsIsAStepAndAllElseAConstant() {
        Tensor x = Tensors.of(new float[] {1, 2}, 1, 2);
        Tensor weight = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
        try (GraphRecorder recorder = GraphRecorder.open(false)) {
            RecordedValue input = recorder.input("x", x);
            Tensor doubled = weight.mul(2);
            Tensor y = Functional.linear(x, doubled, Tensors.ones(2)).leakyRelu(0.2);
            List<RecordedStep> steps = recorder.steps();
            assertThat(steps).extracting(RecordedStep::operation).containsExactly("linear", "leakyRelu");
            assertThat(steps.get(0).operands().get(0)).isSameAs(input);
            assertThat(steps.get(0).operands().get(1).bytes()).isEqualTo(doubled.toByteArray());
            assertThat(steps.get(0).option("bias"))
                    .hasValueSatisfying(bias -> assertThat(bias.origin()).isEqualTo(RecordedValue.Origin.CONSTANT));
            assertThat(steps.get(1).settings().number("slope")).isEqualTo(0.2);
            assertThat(recorder.value(y)).isSameAs(steps.get(1).result());
            assertThat(recorder.value(y).shape()).isEqualTo(Shape.of(1, 2));
        }
    }

    @Test
    void drawsAreConstantsOrInputs() {
        Tensor x = Tensors.ones(3);
        for (boolean inputs : new boolean[] {false, true}) {
            try (RandomGenerator random = new RandomGenerator(1);
                    GraphRecorder recorder = GraphRecorder.open(inputs)) {
                recorder.input("x", x);
                Tensor noise = random.normal(3);
                x.add(noise);
                assertThat(recorder.draws()).hasSize(inputs ? 1 : 0);
                RecordedValue operand = recorder.steps().get(0).operands().get(1);
                assertThat(operand.origin())
                        .isEqualTo(inputs ? RecordedValue.Origin.DRAW : RecordedValue.Origin.CONSTANT);
                assertThat(operand.bytes()).isEqualTo(noise.toByteArray());
            }
        }
    }

    @Test
    void numbersOfInputsMayBeReadAndThoseOfResultsNot() {
        Tensor x = Tensors.ones(1);
        try (GraphRecorder recorder = GraphRecorder.open(false)) {
            recorder.input("x", x);
            assertThat(x.item()).isEqualTo(1);
            Tensor y = x.exp();
            assertThatThrownBy(y::item).isInstanceOf(TensorException.class).hasMessageContaining("item of exp_0");
            assertThatThrownBy(y::toFloatArray).isInstanceOf(TensorException.class);
            assertThatThrownBy(() -> y.assign(x))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("assign");
            assertThatThrownBy(() -> Autograd.grad(y, List.of(x))).hasMessageContaining("differentiate");
        }
        assertThat(x.exp().item()).isEqualTo(Math.E, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void oneAtATimeOnAThread() {
        try (GraphRecorder first = GraphRecorder.open(false)) {
            assertThat(first.steps()).isEmpty();
            assertThatThrownBy(() -> GraphRecorder.open(false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("close it first");
        }
        GraphRecorder.open(true).close();
    }

    @Test
    void settingsNameWhatIsMissing() {
        assertThatThrownBy(() -> Settings.of("axis", 1).number("value"))
                .hasMessageContaining("expected a setting value")
                .hasMessageContaining("axis=1");
    }
}
