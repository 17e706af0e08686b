package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.evaluation.DatasetSource;
import org.saddlepoint.evaluation.Estimate;
import org.saddlepoint.evaluation.EvaluationConfig;
import org.saddlepoint.evaluation.EvaluationException;
import org.saddlepoint.evaluation.Evaluator;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;
import org.saddlepoint.evaluation.Need;
import org.saddlepoint.evaluation.Observations;
import org.saddlepoint.evaluation.ProgressListener;
import org.saddlepoint.evaluation.Protocol;
import org.saddlepoint.evaluation.Quantity;
import org.saddlepoint.evaluation.Resizing;
import org.saddlepoint.evaluation.StatisticsCache;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Tensor;

/** A metric of one's own, outside of the package of the others, is one class. */
@ExtendWith(LeakCheck.class)
class OwnMetricTest {
    /** How far the means of both sides are apart. */
    private record MeanShift() implements Metric {
        @Override
        public String word() {
            return "mean-shift";
        }

        @Override
        public List<Quantity> quantities() {
            return List.of(new Quantity(word(), false));
        }

        @Override
        public int minimum() {
            return 2;
        }

        @Override
        public String error() {
            return "none";
        }

        @Override
        public Set<Need> ofImages() {
            return ofPoints();
        }

        @Override
        public Set<Need> ofPoints() {
            return Set.of(Need.VECTORS);
        }

        @Override
        public Map<String, Estimate> measure(Observations seen) {
            Tensor shift = seen.generatedVectors()
                    .mean(false, 0)
                    .sub(seen.realVectors().mean(false, 0));
            Protocol.Counts counts = Protocol.Counts.of(seen.generated(), seen.realVectorCount());
            double value = Math.sqrt(shift.mul(shift).sum().item());
            return Map.of(word(), seen.estimate(this, value, 0, counts));
        }
    }

    @Test
    void itIsMeasuredBesideTheOthers() {
        Dataset real = GaussianMixture.RING8.sample(400, 1);
        float[] moved = new float[800];
        for (int i = 0; i < 400; i++) {
            float[] point = new float[2];
            ((PointDataset) real).read(i, point, 0);
            moved[2 * i] = point[0] + 3;
            moved[2 * i + 1] = point[1] - 4;
        }
        Dataset generated = PointDataset.of("moved", new PointShape(2), moved);
        EvaluationConfig config =
                new EvaluationConfig(Set.of(new MeanShift(), Metrics.W1), 400, 64, Resizing.CLEAN, true, 1);
        Map<String, Estimate> found = new Evaluator(config, null, StatisticsCache.none(), ProgressListener.NONE)
                .evaluate(new DatasetSource(generated, 0), real);
        assertThat(found.keySet()).containsExactly("w1", "mean-shift");
        assertThat(found.get("mean-shift").value()).isCloseTo(5, within(1e-4));
    }

    /** A number of any name under any word. */
    private record Any(String word, String number) implements Metric {
        @Override
        public List<Quantity> quantities() {
            return List.of(new Quantity(number, false));
        }

        @Override
        public int minimum() {
            return 1;
        }

        @Override
        public String error() {
            return "none";
        }

        @Override
        public Set<Need> ofImages() {
            return Set.of();
        }

        @Override
        public Map<String, Estimate> measure(Observations seen) {
            return Map.of();
        }
    }

    @Test
    void aRegisteredOneIsFoundByItsWordAndWhatIsTakenIsNamed(@TempDir Path folder) throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        EvaluationConfig config = new EvaluationConfig(Set.of(new MeanShift()), 100, 64, Resizing.CLEAN, true, 1);
        EvaluationPlan plan = new EvaluationPlan(5, config, "", "mean-shift", "");
        plan.write(run);
        assertThatThrownBy(() -> EvaluationPlan.of(run))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("unknown metric \"mean-shift\"; expected one of fid, kid, ")
                .hasMessageContaining("must be registered before the run is opened, by Metrics.register");

        Metrics.register(new MeanShift());
        Metrics.register(new MeanShift()); // an equal one changes nothing
        assertThat(EvaluationPlan.of(run)).contains(plan);
        assertThat(Metrics.find("mean-shift")).contains(new MeanShift());
        assertThat(Metrics.all()).startsWith(Metrics.ALL.toArray(new Metric[0])).contains(new MeanShift());
        assertThat(Metrics.all().stream().filter(each -> each.word().equals("mean-shift")))
                .hasSize(1);

        refused(new Any("fid", "mine"), "the word \"fid\" for the metric", "Any is taken, by ", "FidMetric");
        refused(new Any("mean-shift", "mine"), "the word \"mean-shift\"", "Any is taken, by ", "MeanShift");
        refused(new Any("Mine", "mine"), "must be of lower-case letters, digits and single dashes");
        refused(new Any("mine", "kid"), "Any calls a number \"kid\", as ", "KidMetric does; give it another name");
    }

    private static void refused(Metric metric, String... words) {
        assertThatThrownBy(() -> Metrics.register(metric))
                .isInstanceOf(EvaluationException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }
}
