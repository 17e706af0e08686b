package org.saddlepoint.recipes;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.GaussianMixture;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.archives.OtherArchive;
import org.saddlepoint.data.formats.CifarDataset;
import org.saddlepoint.data.formats.CsvImages;
import org.saddlepoint.data.formats.CsvPoints;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.formats.IdxDataset;
import org.saddlepoint.data.formats.Stl10Dataset;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.synthetic.FunnelTransport;
import org.saddlepoint.data.synthetic.StackedDigits;
import org.saddlepoint.data.synthetic.SwissRoll;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.ShellWord;

/** Turns the words of {@code --data} into datasets; the one place that knows them. */
public final class DataSources {

    /**
     * A word that {@link #open} understands.
     *
     * @param usage how it is written: a name such as {@code digits}, or a scheme such as {@code csv:FILE}
     * @param summary what it gives, in a few words
     */
    public record Source(String usage, String summary) {
        boolean isScheme() {
            return usage.contains(":");
        }

        /** The name without its parts, or the scheme up to its colon. */
        String key() {
            return isScheme() ? usage.substring(0, usage.indexOf(':') + 1) : usage.replaceFirst("\\[.*", "");
        }

        /** Whether a part may follow the name. */
        private boolean hasParts() {
            return usage.contains("[" + DataSpec.TRAIN);
        }

        /** Whether this is what the user means by {@code spec}. */
        boolean isOf(String spec) {
            return isScheme() ? spec.startsWith(key()) : spec.equals(key()) || (hasParts() && isPart(spec));
        }

        private boolean isPart(String spec) {
            return spec.equals(key() + DataSpec.TRAIN) || spec.equals(key() + DataSpec.TEST);
        }
    }

    @FunctionalInterface
    private interface Opener {
        Dataset open(DataSpec spec, DataOptions options);
    }

    private record Entry(Source source, Opener opener) {}

    private static final String FUNNELS = "funnels:";
    private static final String CSV = "csv:";

    private static final List<Entry> ENTRIES = List.of(
            entry(
                    "digits",
                    "10,000 handwritten digits of 28x28, embedded",
                    (s, o) -> EmbeddedDatasets.digits(o.imageFormat())),
            entry("fashion", "10,000 garments of 28x28, embedded", (s, o) -> EmbeddedDatasets.fashion(o.imageFormat())),
            entry(
                    "emoji",
                    "1,890 emoji of 32x32 in colour, embedded",
                    (s, o) -> EmbeddedDatasets.emoji(o.imageFormat(), o.cacheBytes())),
            entry(
                    StackedDigits.NAME,
                    "three digits of 28x28 as the channels of a picture: 1,000 kinds, to see which are missed",
                    DataSources::stackedDigits),
            entry(
                    "emoji-pairs[,train|,test]",
                    "pairs of pictures, to translate: emoji of 64x64, modelled and flat, embedded",
                    PairSources::emoji),
            entry("ring8", "8 Gaussians on a circle", (s, o) -> GaussianMixture.RING8.sample(o.points(), o.seed())),
            entry("grid25", "25 Gaussians on a grid", (s, o) -> GaussianMixture.GRID25.sample(o.points(), o.seed())),
            entry("swissroll", "a spiral", (s, o) -> SwissRoll.sample(o.points(), o.seed())),
            entry(
                    "funnels:D,N",
                    "points of D numbers whose W1 distance from uniform ones is known, by N funnels",
                    (s, o) -> funnels(s.scheme()).sampleP(o.points(), o.seed())),
            entry("idx:FILE[,LABELS]", "images in an IDX file, gzipped or not", DataSources::idx),
            entry("cifar10:DIR[,test]", "CIFAR-10 in its binary version", (s, o) -> cifar(s, o, CifarDataset::cifar10)),
            entry(
                    "cifar100:DIR[,test]",
                    "CIFAR-100 in its binary version, with fine labels",
                    (s, o) -> cifar(s, o, CifarDataset::cifar100)),
            entry("stl10:DIR[,test|,unlabelled]", "STL-10 in its binary version, 96x96", DataSources::stl10),
            entry("lsun:DIR", "pictures of LSUN, a folder with data.mdb", DataSources::lmdb),
            entry("lmdb:DIR", "pictures that are the values of an LMDB", DataSources::lmdb),
            entry(
                    "csv:FILE",
                    "points, one a line; with a column \"file\" in the first line, images, their classes in the column"
                            + " \"label\", and numbers that describe them in other columns",
                    DataSources::csv),
            entry(
                    "paired:A,B[,train|,test]",
                    "pairs of pictures, to translate: files of the same name in two folders or zips",
                    PairSources::paired),
            entry(
                    "paired-ab:DIR[,train|,test]",
                    "pairs of pictures, to translate: A in the left half of each, B in the right half",
                    PairSources::sideBySide),
            entry(
                    "unpaired:A,B[,train|,test]",
                    "pictures of two folders or zips that do not belong together, to translate",
                    PairSources::unpaired),
            entry(
                    "colorize:DIR[,train|,test]",
                    "pairs of pictures, to translate: the grey copy of each and itself",
                    PairSources::colorize));

    private static final Set<String> POINTS = Set.of("ring8", "grid25", "swissroll", FUNNELS, CSV);

    /** Four times the largest of the published benchmark. */
    private static final int MOST_DIMENSIONS = 512;

    private static final int MOST_FUNNELS = 1024;

    /** A word and a colon; a single letter would be a drive. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9-]+:");

    private DataSources() {}

    private static Entry entry(String usage, String summary, Opener opener) {
        return new Entry(new Source(usage, summary), opener);
    }

    /** The names and schemes that {@link #open} knows, for help texts; folders and zips come on top. */
    public static List<Source> known() {
        return ENTRIES.stream().map(Entry::source).toList();
    }

    /**
     * Whether what the user calls {@code spec} is points and not pictures; does not look whether it is there, but into the
     * first line of a CSV file.
     */
    public static boolean givesPoints(String spec) {
        if (spec.startsWith(CSV) && exists(spec.substring(CSV.length()))) {
            return !CsvImages.isTable(Path.of(spec.substring(CSV.length())));
        }
        return POINTS.stream().anyMatch(key -> key.endsWith(":") ? spec.startsWith(key) : spec.equals(key));
    }

    /** Whether what the user calls {@code spec} is pairs of pictures; does not look whether it is there. */
    public static boolean givesPairs(String spec) {
        return PairSources.isOne(spec);
    }

    /**
     * Opens what the user calls {@code spec}: one of the {@link #known()} names or schemes, a folder of images, or a
     * {@code .zip} of images. A name wins over a folder of the same name, which {@code ./digits} still reaches.
     *
     * @throws NoSuchDataException when it is unknown or missing
     * @throws DataException when it cannot be used, or is pairs and the options have no pair format, or the other way round
     */
    public static Dataset open(String spec, DataOptions options) {
        for (Entry entry : ENTRIES) {
            if (entry.source().isOf(spec)) {
                PairSources.requireFit(spec, options);
                return entry.opener().open(DataSpec.of(spec), options);
            }
        }
        return openPath(spec, options);
    }

    /** Whether {@code spec} is data that is embedded or drawn, and lies in no file. */
    static boolean isWithoutPaths(String spec) {
        return known().stream()
                .anyMatch(source ->
                        source.isOf(spec) && (!source.isScheme() || source.key().equals(FUNNELS)));
    }

    private static Dataset openPath(String spec, DataOptions options) {
        boolean zip = spec.toLowerCase(Locale.ROOT).endsWith(".zip");
        // a word without a separator may be a misspelt name; what has one is a path, and its reader says what is wrong
        boolean looksLikePath = (zip || spec.contains("/") || spec.contains("\\"))
                && !SCHEME.matcher(spec).lookingAt();
        if (spec.isBlank() || (!looksLikePath && !exists(spec))) {
            throw new NoSuchDataException(unknown(spec));
        }
        PairSources.requireFit(spec, options);
        Path path = path("--data", spec);
        if (ImageCollection.isZip(path)) {
            return ImageCollection.zip(path, options.imageFormat(), options.cacheBytes());
        }
        if (Files.isRegularFile(path)) {
            throw new NoSuchDataException(spec + " is "
                    + OtherArchive.name(path)
                            .map(archive -> archive + ", which is not read; " + OtherArchive.ADVICE)
                            .orElse("a file; expected a folder or a .zip of images, or "
                                    + (spec.endsWith(".csv") ? "" : ShellWord.quote("idx:" + spec) + " or ")
                                    + ShellWord.quote("csv:" + spec)
                                    + " for what it holds"));
        }
        return ImageCollection.folder(path, options.imageFormat(), options.cacheBytes(), options.links());
    }

    /**
     * The transport whose target {@code spec} names, as in {@code funnels:2,4}; empty for other data.
     *
     * @throws NoSuchDataException when it names funnels that cannot be
     */
    public static Optional<FunnelTransport> transport(String spec) {
        return spec.startsWith(FUNNELS) ? Optional.of(funnels(spec)) : Optional.empty();
    }

    private static FunnelTransport funnels(String spec) {
        String numbers = spec.substring(FUNNELS.length());
        String[] parts = numbers.split(",", -1);
        if (parts.length != 2) {
            throw new NoSuchDataException("funnels: was given \"" + numbers
                    + "\"; expected dimensions and number of funnels, such as funnels:2,4");
        }
        int dimensions = whole("dimensions", parts[0], MOST_DIMENSIONS);
        int funnels = whole("number of funnels", parts[1], MOST_FUNNELS);
        return FunnelTransport.standard(dimensions, funnels);
    }

    private static int whole(String what, String text, int most) {
        String refusal = "funnels: was given \"" + text + "\" as its " + what + "; expected a whole number in [1, "
                + most + "], such as in funnels:2,4";
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new NoSuchDataException(refusal, e);
        }
        throw new NoSuchDataException(refusal);
    }

    private static Dataset stackedDigits(DataSpec spec, DataOptions options) {
        ImageFormat format = options.imageFormat();
        if (format.channels().orElse(StackedDigits.CHANNELS) != StackedDigits.CHANNELS) {
            throw new DataException(
                    StackedDigits.NAME + " has a digit in each of three channels, but grey pictures were asked"
                            + " for; leave images.channels out, or train on digits");
        }
        return new StackedDigits(EmbeddedDatasets.digits(format.withChannels(1)), options.points(), options.seed());
    }

    private static Dataset csv(DataSpec spec, DataOptions options) {
        Path path = path(spec, 0);
        return CsvImages.isTable(path)
                ? CsvImages.open(path, options.imageFormat(), options.cacheBytes(), options.links())
                : CsvPoints.open(path);
    }

    @FunctionalInterface
    private interface CifarOpener {
        Dataset open(Path folder, CifarDataset.Part part, ImageFormat format);
    }

    private static Dataset cifar(DataSpec spec, DataOptions options, CifarOpener opener) {
        CifarDataset.Part part = spec.part().equals(DataSpec.TEST) ? CifarDataset.Part.TEST : CifarDataset.Part.TRAIN;
        return opener.open(path(spec, 0), part, options.imageFormat());
    }

    private static Dataset stl10(DataSpec spec, DataOptions options) {
        Stl10Dataset.Part part =
                switch (spec.part()) {
                    case DataSpec.TEST -> Stl10Dataset.Part.TEST;
                    case DataSpec.UNLABELLED -> Stl10Dataset.Part.UNLABELLED;
                    default -> Stl10Dataset.Part.TRAIN;
                };
        return Stl10Dataset.open(path(spec, 0), part, options.imageFormat());
    }

    private static Dataset lmdb(DataSpec spec, DataOptions options) {
        return ImageCollection.lmdb(path(spec, 0), options.imageFormat(), options.cacheBytes());
    }

    private static Dataset idx(DataSpec spec, DataOptions options) {
        return spec.paths().size() == 1
                ? IdxDataset.open(path(spec, 0), options.imageFormat())
                : IdxDataset.open(path(spec, 0), path(spec, 1), options.imageFormat());
    }

    static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    static Path path(DataSpec spec, int index) {
        return path(spec.scheme(), spec.paths().get(index));
    }

    private static Path path(String where, String text) {
        if (text.isBlank()) {
            throw new NoSuchDataException(where + " was given no file; expected a path behind it");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new NoSuchDataException("\"" + text + "\" is no path: " + IoReasons.of(e), e);
        }
    }

    private static String unknown(String spec) {
        String known = String.join(", ", known().stream().map(Source::usage).toList());
        return "unknown data \"" + spec + "\""
                + nearest(spec).map(name -> "; did you mean " + name + "?").orElse(".")
                + " Known are " + known
                + ", and any folder or .zip of images; no such folder exists";
    }

    private static Optional<String> nearest(String spec) {
        String lower = spec.toLowerCase(Locale.ROOT);
        int colon = lower.indexOf(':');
        String word = colon < 0 ? lower : lower.substring(0, colon + 1);
        return known().stream()
                .filter(source -> EditDistance.between(word, source.key())
                        <= 1 + source.key().length() / 4)
                .min(Comparator.comparingInt(source -> EditDistance.between(word, source.key())))
                .map(Source::usage);
    }
}
