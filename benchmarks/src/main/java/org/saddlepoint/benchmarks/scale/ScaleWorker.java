package org.saddlepoint.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.benchmarks.RecipeWorkload;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.tensor.distributed.Launch;
import org.saddlepoint.tensor.distributed.Patience;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.Processes;
import org.saddlepoint.training.TrainingSetup;

/** One process of a measurement: does what lines on its standard input say, and answers each in a line of JSON. */
final class ScaleWorker {
    /** Takes steps: how many. */
    static final String STEPS = "steps";

    /** Sums a message over all ranks: how often, and of how many bytes. */
    static final String SUMS = "sums";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEED = 1;

    private ScaleWorker() {}

    /** Where rank 0 serves the place to meet. */
    record Met(int port) {}

    /**
     * What a turn took.
     *
     * @param seconds in all
     * @param sums what of it was exchanged between ranks
     */
    record Turn(double seconds, ProcessGroup.Sums sums) {}

    /** @param arguments the {@link ScaleTask} in JSON */
    public static void main(String[] arguments) throws IOException {
        ScaleTask task = JSON.readValue(arguments[0], ScaleTask.class);
        run(
                task,
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(ScaleTask task, BufferedReader in, PrintStream out) throws IOException {
        Engine.threads(task.threads());
        if (task.size() == 1) {
            serve(task, Optional.empty(), in, out);
            return;
        }
        Launch launch = Launch.local(task.rank(), task.size(), task.port());
        try (ProcessGroup.Place place = ProcessGroup.place(launch, Patience.DEFAULT)) {
            out.println(JSON.writeValueAsString(new Met(place.port())));
            try (ProcessGroup group = place.join(Device.CPU, "bench", line -> {}, Optional::empty)) {
                serve(task, Optional.of(group), in, out);
                group.barrier("at the end"); // rank 0 serves the place, and goes last
            }
        }
    }

    private static void serve(ScaleTask task, Optional<ProcessGroup> group, BufferedReader in, PrintStream out)
            throws IOException {
        TrainingSetup setup = TrainingSetup.of(SEED, Device.CPU, Precision.FLOAT32)
                .with(group.map(several -> new Processes(several, false)));
        try (RecipeWorkload work = new RecipeWorkload(
                task.workload().recipe(task.batch()), task.workload().shape(), setup)) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                String[] words = line.split(" ", -1);
                int count = Integer.parseInt(words[1]);
                ProcessGroup.Sums before = group.map(ProcessGroup::sums).orElse(ProcessGroup.Sums.NONE);
                double seconds;
                if (words[0].equals(STEPS)) {
                    seconds = work.seconds(count);
                } else {
                    seconds = sums(group.orElseThrow(), count, Integer.parseInt(words[2]));
                }
                ProcessGroup.Sums after = group.map(ProcessGroup::sums).orElse(ProcessGroup.Sums.NONE);
                out.println(JSON.writeValueAsString(new Turn(seconds, after.since(before))));
            }
        }
    }

    private static double sums(ProcessGroup group, int count, int bytes) {
        try (TensorScope scope = TensorScope.open()) {
            Tensor message = Tensors.full(0, DType.FLOAT32, bytes / DType.FLOAT32.bytes());
            group.barrier("before sums");
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                group.sum("a probe", List.of(message));
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
