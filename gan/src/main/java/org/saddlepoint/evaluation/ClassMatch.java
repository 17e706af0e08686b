package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.Dataset;

/**
 * Which class of the real data, and of the extractor, each class of the generated samples is; by name, since orders differ.
 *
 * @param names of the generated classes; empty where no metric asks for classes
 * @param real the real class of each; empty where intra-fid is not asked for
 * @param recognised the extractor's class of each; empty where accuracy is not asked for
 */
record ClassMatch(List<String> names, List<Integer> real, List<Integer> recognised) {
    private static final int NAMED = 12;

    /** @throws EvaluationException if a metric asks for classes that are not known */
    static ClassMatch of(
            EvaluationConfig config, SampleSource generated, Dataset data, @Nullable FeatureExtractor extractor) {
        List<Metric> asking =
                config.metrics().stream().filter(Metric::needsClasses).toList();
        if (asking.isEmpty()) {
            return new ClassMatch(List.of(), List.of(), List.of());
        }
        List<String> names = generated.classNames();
        if (names.isEmpty()) {
            throw new EvaluationException(asking.get(0) + " needs generated samples of known classes, but "
                    + generated.name() + " has none; evaluate a conditional run, or pictures in one folder a class, or"
                    + " leave it out of --metrics");
        }
        return new ClassMatch(
                names,
                asking.contains(Metric.INTRA_FID) ? real(names, generated, data) : List.of(),
                asking.contains(Metric.ACCURACY) ? recognised(names, extractor) : List.of());
    }

    private static List<Integer> real(List<String> names, SampleSource generated, Dataset data) {
        List<String> known = data.classNames();
        if (known.isEmpty()) {
            throw new EvaluationException("intra-fid needs real examples of known classes, but " + data.name()
                    + " has no labels; give labelled data by --against, or leave it out of --metrics");
        }
        List<Integer> found = new ArrayList<>();
        for (String name : names) {
            OptionalInt position = ClassNames.find(known, name);
            found.add(position.orElseThrow(() -> new EvaluationException("intra-fid compares class by class, but "
                    + data.name() + " has no class " + name + "; it has " + ClassNames.listed(known, NAMED))));
        }
        List<String> lacking = IntStream.range(0, known.size())
                .filter(position -> !found.contains(position))
                .mapToObj(known::get)
                .toList();
        if (!lacking.isEmpty() || found.stream().distinct().count() < found.size()) {
            throw new EvaluationException("intra-fid compares all classes, but " + generated.name() + " lacks "
                    + ClassNames.listed(lacking, NAMED) + "; generate them too, or leave it out of --metrics");
        }
        return found;
    }

    private static List<Integer> recognised(List<String> names, @Nullable FeatureExtractor extractor) {
        List<String> known = extractor == null ? List.of() : extractor.classNames();
        List<Integer> found = names.stream()
                .map(name -> ClassNames.find(known, name).orElse(-1))
                .toList();
        if (found.contains(-1)) { // numbers may stand for a classifier's classes, as in IDX files
            found = names.stream().map(name -> position(name, known.size())).toList();
        }
        if (found.contains(-1)) {
            throw new EvaluationException("accuracy needs an extractor that recognises the classes, but "
                    + (extractor == null ? "there is none" : extractor.name())
                    + (known.isEmpty()
                            ? " knows no classes of the data"
                            : " knows " + ClassNames.listed(known, NAMED) + " and not "
                                    + ClassNames.listed(names, NAMED))
                    + "; choose another --extractor, or leave it out of --metrics");
        }
        return found;
    }

    private static int position(String name, int count) {
        boolean fits = name.matches("\\d{1,9}") && Integer.parseInt(name) < count;
        return fits ? Integer.parseInt(name) : -1;
    }

    boolean isWanted() {
        return !names.isEmpty();
    }
}
