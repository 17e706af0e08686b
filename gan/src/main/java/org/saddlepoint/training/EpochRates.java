package org.saddlepoint.training;

import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** Follows an {@link EpochSchedule} through a training, and remembers what a {@link EpochSchedule.Plateau} looks at. */
final class EpochRates implements AutoCloseable {
    private static final String STATE = "plateau";

    private final EpochSchedule schedule;
    private final int batchSize;
    private final int examplesPerEpoch;
    private double best = Double.MAX_VALUE; // not infinite: a checkpoint holds finite numbers only
    private long epochsWithoutFall;
    private long plateaus;
    private double lossOfEpoch;
    private long stepsOfEpoch;
    private final Retained saved;

    EpochRates(EpochSchedule schedule, int batchSize, int examplesPerEpoch) {
        this.schedule = schedule;
        this.batchSize = batchSize;
        this.examplesPerEpoch = examplesPerEpoch;
        try (TensorScope scope = TensorScope.open()) {
            saved = Retained.copyOf(Tensors.zeros(DType.FLOAT64, 5));
        }
    }

    /** Passes through the data that are whole after this many steps. */
    private long epoch(long steps) {
        return steps * batchSize / examplesPerEpoch;
    }

    /** The factor on the learning rates of the step that comes after this many. */
    double factor(long steps) {
        return schedule.factor(epoch(steps), plateaus);
    }

    /** Takes the generator's loss of a step in; {@code steps} were done before it. */
    void observe(long steps, double loss) {
        lossOfEpoch += loss;
        stepsOfEpoch++;
        if (epoch(steps + 1) > epoch(steps) && schedule instanceof EpochSchedule.Plateau plateau) {
            judge(lossOfEpoch / stepsOfEpoch, plateau);
            lossOfEpoch = 0;
            stepsOfEpoch = 0;
        }
    }

    private void judge(double mean, EpochSchedule.Plateau plateau) {
        if (mean < best * (1 - plateau.threshold())) {
            best = mean;
            epochsWithoutFall = 0;
        } else if (++epochsWithoutFall > plateau.patience()) {
            plateaus++;
            epochsWithoutFall = 0;
        }
    }

    /** What must be saved; brought up to date by this call. */
    Map<String, Tensor> state() {
        try (TensorScope scope = TensorScope.open()) {
            double[] numbers = {best, epochsWithoutFall, plateaus, lossOfEpoch, stepsOfEpoch};
            saved.tensor().assign(Tensors.of(numbers, numbers.length));
        }
        return Map.of(STATE, saved.tensor());
    }

    /** @throws IllegalArgumentException if this is no saved state */
    void load(Map<String, Tensor> state) {
        Tensor numbers = state.get(STATE);
        if (numbers == null || !numbers.shape().equals(saved.tensor().shape())) {
            throw new IllegalArgumentException("the state of the schedule does not fit: expected 5 numbers");
        }
        double[] values = numbers.toDoubleArray();
        best = values[0];
        epochsWithoutFall = (long) values[1];
        plateaus = (long) values[2];
        lossOfEpoch = values[3];
        stepsOfEpoch = (long) values[4];
    }

    @Override
    public void close() {
        saved.close();
    }
}
