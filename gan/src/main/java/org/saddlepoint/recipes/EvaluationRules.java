package org.saddlepoint.recipes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.evaluation.Metric;

/** What samples of one kind are measured by and against, unless the user says otherwise. */
public interface EvaluationRules {
    /** Pictures or points in files, which no recipe is known of. */
    static EvaluationRules ofFiles() {
        return new GanRules(Optional.empty());
    }

    /**
     * How the real data is opened.
     *
     * @param side that pictures are read at, in place of the recipe's choice
     * @throws RecipeException if the side cannot be chosen
     */
    DataOptions dataOptions(OptionalInt side);

    /** The part of the real data that generated samples are compared with as distributions; stays open with the data. */
    Dataset reference(Dataset data);

    /**
     * What is measured.
     *
     * @param asked what the user asks for
     * @param data opened as {@link #dataOptions} say
     */
    Set<Metric> metrics(EvaluationRequest asked, Dataset data);

    /** Which estimate decides what is best: the first of these that is measured, else the first of all. */
    List<String> decisive();

    /**
     * Refuses metrics that no training of the recipe can be measured by.
     *
     * @throws RecipeException names the metric and what to do
     */
    void requireTrainable(Set<Metric> metrics);

    /**
     * The data that a training is measured against where it learns from {@code spec}, if that is another one.
     *
     * @param spec what the user calls the data
     */
    default Optional<String> heldOut(String spec) {
        return Optional.empty();
    }

    /** The options with pictures of this side. */
    static DataOptions sized(ImageFormat format, OptionalInt side) {
        ImageFormat sized = side.isPresent() ? new ImageFormat(format.channels(), side, format.upscale()) : format;
        return DataOptions.DEFAULT.withImageFormat(sized);
    }
}
