package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.Dataset;

/** Which class of the real data, and of the extractor, each class of the generated samples is; by name, since orders differ. */
final class ClassMatch {
    private static final int NAMED = 12;

    private ClassMatch() {}

    /**
     * The real class of each generated one.
     *
     * @throws EvaluationException if the two do not have the same classes
     */
    static List<Integer> real(Sides sides) {
        SampleSource generated = sides.generated();
        Dataset data = sides.real();
        List<String> known = data.classNames();
        if (known.isEmpty()) {
            throw new EvaluationException("intra-fid needs real examples of known classes, but " + data.name()
                    + " has no labels; give labelled data by --against, or leave it out of --metrics");
        }
        List<Integer> found = new ArrayList<>();
        for (String name : generated.classNames()) {
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

    /**
     * The extractor's class of each generated one.
     *
     * @throws EvaluationException if the extractor does not know one
     */
    static List<Integer> recognised(Sides sides) {
        List<String> names = sides.generated().classNames();
        @Nullable FeatureExtractor extractor = sides.extractor();
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
}
