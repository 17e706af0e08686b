package org.saddlepoint.recipes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.NoSuchDataException;
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

    private static final List<String> ALL = List.of(PAIRED, SIDE_BY_SIDE, UNPAIRED, COLORIZE);
    private static final String TRAIN = ",train";
    private static final String TEST = ",test";

    private PairSources() {}

    /** Whether {@code spec} begins with one of these schemes. */
    static boolean isOne(String spec) {
        return ALL.stream().anyMatch(spec::startsWith);
    }

    /** Refuses pairs where single examples are wanted, and single examples where pairs are. */
    static void requireFit(String spec, DataOptions options) {
        if (isOne(spec) && options.pairFormat().isEmpty()) {
            throw new DataException(spec + " holds pairs of pictures, which only translation learns from; expected"
                    + " single examples: give one of its folders, or train a recipe that translates");
        }
        if (!isOne(spec) && options.pairFormat().isPresent()) {
            throw new DataException(spec + " holds single examples, and translation learns from two pictures an"
                    + " example; give paired:A,B, paired-ab:DIR, unpaired:A,B or colorize:DIR");
        }
    }

    /** The other part, which is held out of training, where {@code spec} is the part to train on. */
    static Optional<String> heldOut(String spec) {
        return isOne(spec) && spec.endsWith(TRAIN)
                ? Optional.of(spec.substring(0, spec.length() - TRAIN.length()) + TEST)
                : Optional.empty();
    }

    static Dataset paired(String argument, DataOptions options) {
        Two two = Two.of(PAIRED, argument);
        return PairedImages.paired(two.a(), two.b(), format(options), two.part(), options.cacheBytes());
    }

    static Dataset unpaired(String argument, DataOptions options) {
        Two two = Two.of(UNPAIRED, argument);
        return UnpairedImages.open(two.a(), two.b(), format(options), two.part(), options.cacheBytes());
    }

    static Dataset sideBySide(String argument, DataOptions options) {
        PairPart part = DataSources.exists(argument) ? PairPart.ALL : partOf(argument);
        Path folder = DataSources.path(SIDE_BY_SIDE, without(part, argument));
        return PairedImages.sideBySide(folder, format(options), part, options.cacheBytes());
    }

    static Dataset colorize(String argument, DataOptions options) {
        PairPart part = DataSources.exists(argument) ? PairPart.ALL : partOf(argument);
        Path folder = DataSources.path(COLORIZE, without(part, argument));
        return PairedImages.colorize(folder, format(options), part, options.cacheBytes());
    }

    private static PairFormat format(DataOptions options) {
        return options.pairFormat().orElseThrow();
    }

    /** Two folders or zips, and the part of them. A comma may be part of a name, if what is meant is there. */
    private record Two(Path a, Path b, PairPart part) {

        static Two of(String scheme, String argument) {
            List<Two> readings = new ArrayList<>();
            for (PairPart part : List.of(PairPart.ALL, partOf(argument))) {
                String folders = without(part, argument);
                for (int comma = folders.indexOf(','); comma >= 0; comma = folders.indexOf(',', comma + 1)) {
                    String a = folders.substring(0, comma);
                    String b = folders.substring(comma + 1);
                    if (!a.isBlank() && !b.isBlank()) {
                        readings.add(new Two(DataSources.path(scheme, a), DataSources.path(scheme, b), part));
                    }
                }
            }
            if (readings.isEmpty()) {
                throw new NoSuchDataException(scheme + " was given \"" + argument
                        + "\"; expected two folders or zips, such as " + scheme + "A,B, and behind them ,train or"
                        + " ,test for a part");
            }
            // where nothing is there, the reading of the part has the names that the user meant
            return readings.stream()
                    .filter(two -> Files.exists(two.a()) && Files.exists(two.b()))
                    .findFirst()
                    .orElse(readings.get(readings.size() - 1));
        }
    }

    private static PairPart partOf(String argument) {
        if (argument.endsWith(TRAIN)) {
            return PairPart.TRAIN;
        }
        return argument.endsWith(TEST) ? PairPart.TEST : PairPart.ALL;
    }

    private static String without(PairPart part, String argument) {
        return switch (part) {
            case ALL -> argument;
            case TRAIN -> argument.substring(0, argument.length() - TRAIN.length());
            case TEST -> argument.substring(0, argument.length() - TEST.length());
        };
    }
}
