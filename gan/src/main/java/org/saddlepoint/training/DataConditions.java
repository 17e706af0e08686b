package org.saddlepoint.training;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** What to ask a generator for outside training, so that its samples are as the data is. */
public final class DataConditions {
    private final ConditionShape condition;
    private final Dataset data;

    /**
     * Conditions of this kind from this data.
     *
     * @throws IllegalArgumentException if the data does not have them
     */
    public DataConditions(ConditionShape condition, Dataset data) {
        this.condition = condition;
        this.data = data;
        condition
                .classes()
                .filter(classes -> data.classNames().size() != classes.names())
                .ifPresent(classes -> {
                    throw new IllegalArgumentException("the generator knows " + classes.names() + " classes but "
                            + data.name() + " has " + data.classNames().size());
                });
        condition
                .vector()
                .filter(vector -> data.vectorNames().size() != vector.size())
                .ifPresent(vector -> {
                    throw new IllegalArgumentException("the generator takes vectors of " + vector.size()
                            + " numbers but " + data.name() + " has "
                            + data.vectorNames().size());
                });
        if (condition.image().isPresent()) {
            throw new IllegalArgumentException("data has labels and vectors but no images to condition on");
        }
    }

    /** What this many examples are, drawn with replacement; draws nothing where there is no condition. */
    public Conditioning draw(int count, RandomGenerator random) {
        if (condition.isNone()) {
            return Conditioning.none();
        }
        long[] examples;
        try (TensorScope scratch = TensorScope.open()) {
            examples = random.integers(data.size(), count).toLongArray();
        }
        if (condition.classes().isPresent()) {
            for (int i = 0; i < count; i++) {
                examples[i] = data.label((int) examples[i])
                        .orElseThrow(() -> new IllegalArgumentException(data.name() + " has examples without a label"));
            }
            return Conditioning.labels(examples);
        }
        int size = data.vectorNames().size();
        float[] values = new float[count * size];
        for (int i = 0; i < count; i++) {
            data.readVector((int) examples[i], values, i * size);
        }
        return new Conditioning.Vectors(Tensors.of(values, count, size));
    }
}
