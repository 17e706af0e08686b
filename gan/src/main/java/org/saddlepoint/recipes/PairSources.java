package org.saddlepoint.recipes;

import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.data.pairs.PairPart;
import org.saddlepoint.data.pairs.PairedImages;
import org.saddlepoint.data.pairs.UnpairedImages;

/** The schemes of {@code --data} whose examples are pairs of images. */
final class PairSources {
    static final String PAIRED = "paired:";
    static final String SIDE_BY_SIDE = "paired-ab:";
    static final String UNPAIRED = "unpaired:";
    static final String COLORIZE = "colorize:";

    /** A name, behind which a part may follow. */
    static final String EMOJI = "emoji-pairs";

    private static final List<String> ALL = List.of(PAIRED, SIDE_BY_SIDE, UNPAIRED, COLORIZE);

    private PairSources() {}

    /** Whether {@code spec} begins with one of these schemes, or is the embedded set. */
    static boolean isOne(String spec) {
        return ALL.stream().anyMatch(spec::startsWith) || spec.equals(EMOJI) || spec.startsWith(EMOJI + ",");
    }

    /** Refuses pairs where single examples are wanted, and single examples where pairs are. */
    static void requireFit(String spec, DataOptions options) {
        if (isOne(spec) && options.pairFormat().isEmpty()) {
            throw new DataException(spec + " holds pairs of pictures, which only translation learns from; expected"
                    + " single examples: give one of its folders, or train a recipe that translates");
        }
        if (!isOne(spec) && options.pairFormat().isPresent()) {
            throw new DataException(spec + " holds single examples, and translation learns from two pictures an"
                    + " example; give paired:A,B, paired-ab:DIR, unpaired:A,B, colorize:DIR or emoji-pairs");
        }
    }

    /** The other part, which is held out of training, where {@code spec} is the part to train on. */
    static Optional<String> heldOut(String spec) {
        return isOne(spec) && DataSpec.of(spec).part().equals(DataSpec.TRAIN)
                ? Optional.of(spec.substring(0, spec.length() - DataSpec.TRAIN.length()) + DataSpec.TEST)
                : Optional.empty();
    }

    static Dataset paired(DataSpec spec, DataOptions options) {
        return PairedImages.paired(
                DataSources.path(spec, 0),
                DataSources.path(spec, 1),
                format(options),
                part(spec),
                options.cacheBytes(),
                options.links());
    }

    static Dataset unpaired(DataSpec spec, DataOptions options) {
        return UnpairedImages.open(
                DataSources.path(spec, 0),
                DataSources.path(spec, 1),
                format(options),
                part(spec),
                options.cacheBytes(),
                options.links());
    }

    static Dataset sideBySide(DataSpec spec, DataOptions options) {
        return PairedImages.sideBySide(
                DataSources.path(spec, 0), format(options), part(spec), options.cacheBytes(), options.links());
    }

    static Dataset emoji(DataSpec spec, DataOptions options) {
        return EmbeddedDatasets.emojiPairs(format(options), part(spec), options.cacheBytes());
    }

    static Dataset colorize(DataSpec spec, DataOptions options) {
        return PairedImages.colorize(
                DataSources.path(spec, 0), format(options), part(spec), options.cacheBytes(), options.links());
    }

    private static PairFormat format(DataOptions options) {
        return options.pairFormat().orElseThrow();
    }

    private static PairPart part(DataSpec spec) {
        return switch (spec.part()) {
            case DataSpec.TRAIN -> PairPart.TRAIN;
            case DataSpec.TEST -> PairPart.TEST;
            default -> PairPart.ALL;
        };
    }
}
