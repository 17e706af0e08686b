package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.IoReasons;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/**
 * What a training evaluates, and when: the run's {@code evaluation.json}, so that a resumed run goes on with it. The
 * samples of the moving average, or of the generator where there is none, are measured against the training data itself.
 *
 * @param every steps from one evaluation to the next; another one is made at the end
 * @param metrics which
 * @param samples generated samples
 * @param extractor the word of {@link Extractors}; empty for points
 * @param resizing for images without the extractor's size
 * @param bestBy the estimate whose best checkpoint is kept, such as {@code fid}
 * @param seed of latents and subsets, the same at each evaluation
 */
public record EvaluationPlan(
        int every, Set<Metric> metrics, int samples, String extractor, Resizing resizing, String bestBy, long seed) {
    /** A longer evaluation.json is refused. */
    private static final int MAX_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** @throws EvaluationException if a number is too small, or no metric gives what is to be best */
    public EvaluationPlan {
        if (every < 1) {
            throw new EvaluationException("--evaluate-every must be >= 1 but was " + every);
        }
        metrics = new EvaluationConfig(metrics, samples, EvaluationConfig.BATCH, resizing, true, seed).metrics();
        List<String> names =
                metrics.stream().flatMap(metric -> metric.names().stream()).toList();
        if (!names.contains(bestBy)) {
            throw new EvaluationException("--best-by: the metrics give " + String.join(", ", names) + " but not \""
                    + bestBy + "\"; choose one of these, or other --metrics");
        }
    }

    /** The same for an evaluator: 8-bit images, usual batches. */
    public EvaluationConfig config() {
        return new EvaluationConfig(metrics, samples, EvaluationConfig.BATCH, resizing, true, seed);
    }

    /**
     * The plan of a run, if it has one.
     *
     * @throws RunException if evaluation.json cannot be read
     */
    public static Optional<EvaluationPlan> of(RunFolder folder) {
        if (!Files.exists(folder.evaluationPlanFile())) {
            return Optional.empty();
        }
        try {
            EvaluationPlan plan =
                    JSON.readValue(InputFiles.bytes(folder.evaluationPlanFile(), MAX_BYTES), EvaluationPlan.class);
            if (plan == null) {
                throw new IOException("it says null; expected a JSON object");
            }
            return Optional.of(plan);
        } catch (IOException e) {
            throw new RunException(
                    "cannot use " + folder.evaluationPlanFile() + ": " + IoReasons.of(e)
                            + "; delete it to go on without evaluations",
                    e);
        }
    }

    /**
     * Writes the run's plan.
     *
     * @throws RunException if it cannot be written
     */
    public void write(RunFolder folder) {
        try {
            AtomicFiles.write(folder.evaluationPlanFile(), out -> out.write(JSON.writeValueAsBytes(this)));
        } catch (IOException e) {
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }
}
