package org.saddlepoint.recipes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.evaluation.EmbeddedClassifier;
import org.saddlepoint.evaluation.Metric;
import org.saddlepoint.evaluation.Metrics;

/**
 * Generated samples against real data: the distance of distributions, and of known classes and modes how they are met.
 *
 * @param recipe of the generator; empty where samples are files
 */
record GanRules(Optional<GanRecipe> recipe) implements EvaluationRules {
    @Override
    public DataOptions dataOptions(OptionalInt side) {
        ImageFormat format = recipe.map(known -> known.images().format()).orElse(ImageFormat.AS_STORED);
        return EvaluationRules.sized(format, side);
    }

    @Override
    public Dataset reference(Dataset data) {
        return data;
    }

    @Override
    public Set<Metric> metrics(EvaluationRequest asked, Dataset data) {
        Set<Metric> chosen = new LinkedHashSet<>(asked.metrics());
        if (!chosen.isEmpty()) {
            return chosen;
        }
        if (EvaluationRequest.isOfImages(data)) {
            chosen.addAll(EvaluationRequest.OF_IMAGES);
            if (asksForLabels() && knowsClasses(asked.extractor(data), data.classNames())) {
                chosen.add(Metrics.ACCURACY);
            }
        } else {
            chosen.addAll(EvaluationRequest.OF_POINTS);
            if (EvaluationRequest.hasModes(data)) {
                chosen.add(Metrics.MODES);
            }
        }
        return chosen;
    }

    private boolean asksForLabels() {
        return recipe.filter(known -> known.conditioning().on() == ConditioningConfig.On.LABELS)
                .isPresent();
    }

    private static boolean knowsClasses(String extractor, List<String> classNames) {
        return EmbeddedClassifier.OF_CLASSES.contains(extractor)
                && !classNames.isEmpty()
                && classNames.stream().allMatch(name -> ClassNames.find(EmbeddedDatasets.classNames(extractor), name)
                        .isPresent());
    }

    @Override
    public List<String> decisive() {
        return List.of("fid", "w1");
    }

    @Override
    public void requireTrainable(Set<Metric> metrics) {
        Optional<Metric> wrong = metrics.stream()
                .filter(metric -> metric.needsClasses() && !asksForLabels())
                .findFirst();
        if (wrong.isPresent()) {
            throw new RecipeException("--metrics: " + wrong.get().word() + " needs a recipe that asks for labels, but "
                    + recipe.map(GanRecipe::name).orElse("this one")
                    + " does not; train one that does, such as cdcgan, or leave it out");
        }
    }
}
