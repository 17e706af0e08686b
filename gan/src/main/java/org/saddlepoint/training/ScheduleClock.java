package org.saddlepoint.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.schedule.Progress;
import org.saddlepoint.schedule.Schedule;
import org.saddlepoint.schedule.Unit;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Retained;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.Ranks;

/** Tells schedules how far a training is, and follows the generator's loss for those that wait for a plateau. */
final class ScheduleClock implements AutoCloseable {
    private static final String PART = "schedule";

    /** The name in checkpoints of format 1, whose runs had one such schedule for all. */
    private static final String ONLY = "plateau";

    private final Map<Schedule.Plateau, Watch> watches = new LinkedHashMap<>();
    private final Map<String, double[]> saved = new LinkedHashMap<>();
    private Ranks ranks = Ranks.ALONE;

    /** From now on the loss is the mean over several processes, so that their schedules agree. */
    void join(Ranks others) {
        ranks = others;
    }

    /** What one schedule has seen of the loss. */
    private static final class Watch {
        private final Retained numbers;
        private double best = Double.MAX_VALUE; // not infinite: a checkpoint holds finite numbers only
        private long epochsWithoutFall;
        private long plateaus;
        private double lossOfEpoch;
        private long stepsOfEpoch;

        Watch(double[] from) {
            try (TensorScope scope = TensorScope.open()) {
                numbers = Retained.copyOf(Tensors.zeros(DType.FLOAT64, 5));
            }
            if (from.length == 5) {
                best = from[0];
                epochsWithoutFall = (long) from[1];
                plateaus = (long) from[2];
                lossOfEpoch = from[3];
                stepsOfEpoch = (long) from[4];
            }
        }

        void observe(double loss, boolean epochEnds, Schedule.Plateau schedule) {
            lossOfEpoch += loss;
            stepsOfEpoch++;
            if (!epochEnds) {
                return;
            }
            double mean = lossOfEpoch / stepsOfEpoch;
            if (mean < best * (1 - schedule.threshold())) {
                best = mean;
                epochsWithoutFall = 0;
            } else if (++epochsWithoutFall > schedule.patience()) {
                plateaus++;
                epochsWithoutFall = 0;
            }
            lossOfEpoch = 0;
            stepsOfEpoch = 0;
        }

        Tensor state() {
            try (TensorScope scope = TensorScope.open()) {
                double[] values = {best, epochsWithoutFall, plateaus, lossOfEpoch, stepsOfEpoch};
                numbers.tensor().assign(Tensors.of(values, values.length));
            }
            return numbers.tensor();
        }
    }

    /** This moment. */
    Progress at(TrainingState state) {
        return new Progress(state.step(), state.imagesSeen(), state.horizon(), schedule -> watch(schedule).plateaus);
    }

    private Watch watch(Schedule.Plateau schedule) {
        return watches.computeIfAbsent(schedule, unseen -> new Watch(saved.getOrDefault(ONLY, new double[0])));
    }

    private static String name(Schedule.Plateau schedule) {
        return ONLY + " " + schedule.factor() + " " + schedule.threshold() + " " + schedule.patience() + " "
                + schedule.value();
    }

    /** The schedule of this {@link #name}. */
    private static Schedule.Plateau schedule(String name) {
        String[] words = name.split(" ", -1);
        if (words.length != 5 || !words[0].equals(ONLY)) {
            throw new IllegalArgumentException("the state of the schedule does not fit: it is of " + name);
        }
        return new Schedule.Plateau(
                Double.parseDouble(words[4]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Integer.parseInt(words[3]));
    }

    /** Takes the generator's loss of the step in which training is. */
    void observe(TrainingState state, double loss) {
        if (watches.isEmpty()) {
            return;
        }
        double mean = ranks.mean("the generator's loss", loss);
        Progress now = at(state);
        Progress then = Progress.of(
                state.step() + 1, state.imagesSeen() + state.horizon().imagesPerStep(), state.horizon());
        boolean epochEnds = then.in(Unit.EPOCHS) > now.in(Unit.EPOCHS);
        watches.forEach((schedule, watch) -> watch.observe(mean, epochEnds, schedule));
    }

    /** Adds what must be saved, brought up to date by this call; nothing where no schedule waits for a plateau. */
    void addTo(Map<String, Map<String, Tensor>> parts) {
        if (!watches.isEmpty()) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            watches.forEach((schedule, watch) -> state.put(name(schedule), watch.state()));
            parts.put(PART, state);
        }
    }

    /** Goes on with what was saved. */
    void load(SavedParts parts) {
        close();
        parts.poll(PART)
                .ifPresent(state -> state.forEach((name, numbers) -> {
                    if (numbers.shape().elements() != 5) {
                        throw new IllegalArgumentException(
                                "the state of the schedule does not fit: expected 5 numbers but was " + numbers);
                    }
                    if (name.equals(ONLY)) {
                        saved.put(name, numbers.toDoubleArray());
                    } else { // at once: a schedule that is asked late in a step must not miss the step's loss
                        watches.put(schedule(name), new Watch(numbers.toDoubleArray()));
                    }
                }));
    }

    @Override
    public void close() {
        watches.values().forEach(watch -> watch.numbers.close());
        watches.clear();
        saved.clear();
    }
}
