package org.saddlepoint.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.saddlepoint.data.Batch;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** What the updates of a step ask for; draws nothing where networks have no condition. */
final class BatchConditions {
    private final ConditionShape condition;
    private final ConditionPlan plan;
    private final Device device;

    BatchConditions(ConditionShape condition, ConditionPlan plan, Device device) {
        this.condition = condition;
        this.plan = plan;
        this.device = device;
        boolean unlabelled =
                condition.classes().filter(ConditionShape.Classes::unlabelled).isPresent();
        if (plan.labelDropout() > 0 && !unlabelled) {
            throw new IllegalArgumentException(
                    "labelDropout " + plan.labelDropout() + " needs networks with a class for no label");
        }
        if (plan.generatorLabels() == ConditionPlan.GeneratorLabels.BALANCED
                && condition.classes().isEmpty()) {
            throw new IllegalArgumentException("balanced labels need classes but the condition is " + condition);
        }
        if (condition.image().isPresent()) {
            throw new IllegalArgumentException("batches hold labels and vectors but no images to condition on");
        }
    }

    /** Where conditions, and what else a step makes, belong. */
    Device device() {
        return device;
    }

    /** What these examples of the batch are. */
    Conditioning ofExamples(Batch batch, int first, int count, RandomGenerator random) {
        return of(batch, IntStream.range(first, first + count).toArray(), random);
    }

    /** What the generator is asked for in its own update. */
    Conditioning forGenerator(Batch batch, int count, RandomGenerator random) {
        if (condition.isNone()) {
            return Conditioning.none();
        }
        if (plan.generatorLabels() == ConditionPlan.GeneratorLabels.BALANCED) {
            ConditionShape.Classes classes = condition.requireClasses("balanced labels");
            return labels(random.integers(classes.names(), count), classes, random);
        }
        long[] drawn;
        try (TensorScope scratch = TensorScope.open()) {
            drawn = random.integers(batch.size(), count).toLongArray();
        }
        return of(batch, Arrays.stream(drawn).mapToInt(Math::toIntExact).toArray(), random);
    }

    private Conditioning of(Batch batch, int[] examples, RandomGenerator random) {
        if (condition.classes().isPresent()) {
            long[] values = Arrays.stream(examples)
                    .mapToLong(example -> batch.labels()[example])
                    .toArray();
            return labels(Tensors.of(values, values.length), condition.classes().get(), random);
        }
        if (condition.vector().isPresent()) {
            int size = batch.vectorSize();
            float[] values = new float[examples.length * size];
            for (int i = 0; i < examples.length; i++) {
                System.arraycopy(batch.vectors(), examples[i] * size, values, i * size, size);
            }
            return new Conditioning.Vectors(
                    Tensors.of(values, examples.length, size).to(device));
        }
        return Conditioning.none();
    }

    private Conditioning labels(Tensor known, ConditionShape.Classes classes, RandomGenerator random) {
        if (plan.labelDropout() == 0) {
            return new Conditioning.Labels(known.to(device));
        }
        Tensor dropped = random.bernoulli(plan.labelDropout(), known.size(0)).gt(0);
        Tensor none = Tensors.full(classes.names(), known.dtype());
        return new Conditioning.Labels(Tensors.where(dropped, none, known).to(device));
    }
}
