package org.saddlepoint.recipes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/**
 * What a training evaluates, and when: the run's {@code evaluation.json}, so that a resumed run goes on with it. What is
 * measured are the networks as they are used: the moving average where there is one.
 *
 * @param every steps from one evaluation to the next; another one is made at the end
 * @param config how; the seed is the same at each evaluation
 * @param extractor the word of {@link Extractors}; empty where no metric needs one
 * @param bestBy the estimate whose best checkpoint is kept, such as {@code fid}
 * @param against what the user calls the data that is measured against; empty for the training data itself
 */
public record EvaluationPlan(int every, EvaluationConfig config, String extractor, String bestBy, String against) {
    /** A longer evaluation.json is refused. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String AGAINST = "against";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** @throws EvaluationException if a number is too small, or no metric gives what is to be best */
    public EvaluationPlan {
        if (every < 1) {
            throw new EvaluationException("--evaluate-every must be >= 1 but was " + every);
        }
        List<String> names = Metrics.names(config.metrics());
        if (!names.contains(bestBy)) {
            throw new EvaluationException("--best-by: the metrics give " + String.join(", ", names) + " but not \""
                    + bestBy + "\"; choose one of these, or other --metrics");
        }
    }

    /** The usual estimate to decide what is best. */
    public static String decisive(EvaluationRules rules, EvaluationConfig config) {
        List<String> names = Metrics.names(config.metrics());
        return rules.decisive().stream().filter(names::contains).findFirst().orElseGet(() -> names.get(0));
    }

    /** The same, as often as this. */
    public EvaluationPlan every(int steps) {
        return new EvaluationPlan(steps, config, extractor, bestBy, against);
    }

    /** The same with absolute paths, so that a run finds its files from any working directory. */
    public EvaluationPlan fromAnywhere() {
        String found = against.isEmpty() ? "" : DataSpec.of(against).absolute().text();
        return new EvaluationPlan(every, config, Extractors.absolute(extractor), bestBy, found);
    }

    /**
     * Writes into a run's plan that the data it learns from is in another place, if it is measured against the other part of
     * that data.
     *
     * @param before the place of the data as the run recorded it
     * @throws RunException if the plan cannot be read or written
     */
    public static void move(RunFolder folder, EvaluationRules rules, String before, DataRequest now) {
        Optional<EvaluationPlan> plan = of(folder).filter(each -> !each.against.isEmpty());
        if (plan.isPresent() && rules.heldOut(before).equals(Optional.of(plan.get().against))) {
            EvaluationPlan old = plan.get();
            String moved = rules.heldOut(now.spec()).orElse(old.against);
            EvaluationPlan written =
                    new EvaluationPlan(old.every, old.config, old.extractor, old.bestBy, moved).fromAnywhere();
            if (!written.against.equals(old.against)) {
                written.write(folder);
            }
        }
    }

    /** Whether a value of what decides is better than another. */
    public boolean isBetter(double value, double than) {
        return Metrics.largerIsBetter(config.metrics(), bestBy) ? value > than : value < than;
    }

    /** The plan as evaluation.json has it. */
    private record Saved(
            int every,
            List<String> metrics,
            int samples,
            String extractor,
            Resizing resizing,
            String bestBy,
            long seed,
            String against) {
        EvaluationPlan plan() {
            Set<Metric> found = new LinkedHashSet<>();
            for (String word : metrics) {
                // Before metrics were objects, their names were written, such as INTRA_FID.
                String today = String.valueOf(word).toLowerCase(Locale.ROOT).replace('_', '-');
                found.add(Metrics.find(today)
                        .orElseThrow(() -> new EvaluationException(
                                "unknown metric \"" + word + "\"; expected one of " + words(Metrics.all())
                                        + "; one of your own must be registered before the run is opened, by"
                                        + " Metrics.register")));
            }
            EvaluationConfig config =
                    new EvaluationConfig(found, samples, EvaluationConfig.BATCH, resizing, true, seed);
            return new EvaluationPlan(every, config, extractor, bestBy, against);
        }
    }

    private Saved saved() {
        return new Saved(
                every,
                config.metrics().stream().map(Metric::word).toList(),
                config.samples(),
                extractor,
                config.resizing(),
                bestBy,
                config.seed(),
                against);
    }

    private static String words(List<Metric> metrics) {
        return String.join(", ", metrics.stream().map(Metric::word).toList());
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
            ObjectNode object =
                    JSON.readValue(InputFiles.bytes(folder.evaluationPlanFile(), MAX_BYTES), ObjectNode.class);
            if (object == null) {
                throw new IOException("it says null; expected a JSON object");
            }
            if (!object.has(AGAINST)) { // runs begun before there was a choice
                object.put(AGAINST, "");
            }
            return Optional.of(JSON.treeToValue(object, Saved.class).plan());
        } catch (IOException e) {
            throw unusable(folder, IoReasons.of(e), e);
        } catch (EvaluationException e) {
            throw unusable(folder, String.valueOf(e.getMessage()), e);
        }
    }

    private static RunException unusable(RunFolder folder, String reason, Exception cause) {
        return new RunException(
                "cannot use " + folder.evaluationPlanFile() + ": " + reason
                        + "; delete it to go on without evaluations",
                cause);
    }

    /**
     * Writes the run's plan.
     *
     * @throws RunException if it cannot be written
     */
    public void write(RunFolder folder) {
        try {
            AtomicFiles.write(folder.evaluationPlanFile(), out -> out.write(JSON.writeValueAsBytes(saved())));
        } catch (IOException e) {
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }
}
