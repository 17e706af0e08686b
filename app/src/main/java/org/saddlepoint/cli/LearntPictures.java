package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.SkippedSummary;
import org.saddlepoint.evaluation.FeatureExtractor;
import org.saddlepoint.evaluation.NoSuchExtractorException;
import org.saddlepoint.evaluation.PictureFeatures;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.Extractors;
import org.saddlepoint.run.RunFolder;

/** The pictures that a run learnt from, and the features by which others are compared with them. */
final class LearntPictures implements AutoCloseable {
    private final Dataset data;
    private final Optional<FeatureExtractor> extractor;

    private LearntPictures(Dataset data, Optional<FeatureExtractor> extractor) {
        this.data = data;
        this.extractor = extractor;
    }

    /**
     * Opens them at the run's size; starts nothing.
     *
     * @param against where they are, or null for where the run found them
     */
    static Dataset data(Path run, @Nullable String against, LinkOptions links, Reporter reporter) {
        EvaluatedRun evaluated = EvaluatedRun.of(RunFolder.open(run), false);
        DataOptions how = evaluated
                .recipe()
                .evaluationRules()
                .dataOptions(OptionalInt.empty())
                .withChannelsOf(evaluated.folder().manifest().data().exampleShape());
        if (against == null) {
            evaluated.requireKnownData();
        }
        Dataset data = against == null
                ? evaluated.learnt(links.links(), how, reporter)
                : links.request(against).open(how);
        data.notes().forEach(reporter::note);
        String skipped = SkippedSummary.of(data.name(), data.skipped());
        if (!skipped.isEmpty()) {
            reporter.note(skipped);
        }
        return data;
    }

    /** With the embedded extractor for this data, if there is one; the engine must have been started. */
    static LearntPictures of(Dataset data) {
        try {
            String word = Extractors.standard(data);
            return new LearntPictures(data, Optional.of(Extractors.open(word, Extractors.resizing(word))));
        } catch (NoSuchExtractorException e) {
            return new LearntPictures(data, Optional.empty()); // pixels must do
        }
    }

    Dataset data() {
        return data;
    }

    /** Reads one picture; leaves the target alone if it is damaged. */
    void read(int index, float[] target, int offset) {
        try {
            data.read(index, target, offset);
        } catch (DamagedExampleException e) {
            // It was read a moment ago; its place stays empty.
        }
    }

    /** The features that tell most: those of the extractor, else pixels. */
    PictureFeatures features() {
        return extractor.map(PictureFeatures::of).orElseGet(PictureFeatures::pixels);
    }

    /** All kinds of features, those that tell most first. */
    List<PictureFeatures> allFeatures() {
        return extractor.isPresent() ? List.of(features(), PictureFeatures.pixels()) : List.of(features());
    }

    /** Closes the extractor; the data stay the caller's. */
    @Override
    public void close() {
        extractor.ifPresent(FeatureExtractor::close);
    }
}
