package org.saddlepoint.data.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SourcePicture;
import org.saddlepoint.data.SourcePictures;

/** Pictures of a data set that all were looked at once. */
public final class Survey {
    /** How often progress is told. */
    private static final int EVERY = 16;

    /**
     * One picture that was looked at.
     *
     * @param index its example
     * @param side its place within the example: 0, or 1 for the second of a pair
     * @param traits what was kept of it
     */
    record Sight(int index, int side, Traits traits) {}

    private final Dataset data;
    private final String source;
    private final SourcePictures pictures;
    private final int skippedBefore;
    private final List<Optional<List<Traits>>> examples;
    private final List<DuplicateSearch.Copy> copies;

    private Survey(Dataset data, String source, SourcePictures pictures, SurveyProgress progress) {
        this.data = data;
        this.source = source;
        this.pictures = pictures;
        this.skippedBefore = data.faults().size();
        AtomicInteger done = new AtomicInteger();
        this.examples = IntStream.range(0, pictures.size())
                .parallel()
                .mapToObj(index -> {
                    Optional<List<Traits>> traits = look(pictures, index);
                    int count = done.incrementAndGet();
                    if (count % EVERY == 0) {
                        synchronized (done) {
                            progress.looked(count, pictures.size());
                        }
                    }
                    return traits;
                })
                .toList();
        this.copies = DuplicateSearch.among(
                examples.stream().map(each -> each.orElse(List.of())).toList(), progress);
    }

    /**
     * Reads all of these pictures, on all processors, and compares them.
     *
     * @param data the data set that they belong to
     * @param source what commands call the data set, in quotes if need be
     * @param progress is told now and then
     */
    public static Survey of(Dataset data, String source, SourcePictures pictures, SurveyProgress progress) {
        return new Survey(data, source, pictures, progress);
    }

    private static Optional<List<Traits>> look(SourcePictures pictures, int index) {
        try {
            List<Traits> traits = new ArrayList<>();
            for (SourcePicture picture : pictures.read(index)) {
                traits.add(Traits.of(picture));
            }
            return Optional.of(List.copyOf(traits));
        } catch (DamagedExampleException e) {
            return Optional.empty(); // the data set lists it among the skipped
        }
    }

    Dataset data() {
        return data;
    }

    String source() {
        return source;
    }

    /** The pictures themselves, to read some again. */
    SourcePictures pictures() {
        return pictures;
    }

    /** Whether the example could be read. */
    public boolean isIntact(int index) {
        return examples.get(index).isPresent();
    }

    /** Number of examples that could be read. */
    public int intact() {
        return (int) examples.stream().filter(Optional::isPresent).count();
    }

    /** Copies of other examples. */
    List<DuplicateSearch.Copy> copies() {
        return copies;
    }

    List<Traits> traits(int index) {
        return examples.get(index).orElse(List.of());
    }

    /** Every picture that could be read. */
    List<Sight> sights() {
        List<Sight> all = new ArrayList<>();
        for (int index = 0; index < examples.size(); index++) {
            for (int side = 0; side < traits(index).size(); side++) {
                all.add(new Sight(index, side, traits(index).get(side)));
            }
        }
        return all;
    }

    boolean ofPairs() {
        return data.shape().pair().isPresent();
    }

    /** Number of files, with those that were left out before any was read. */
    int files() {
        return skippedBefore
                + data.pictures().stream().mapToInt(SourcePictures::size).sum();
    }

    /** The shape that training gives pictures of this side. */
    ImageShape shape(int side) {
        return pictures.shapes().get(side);
    }

    /** Side of the square that pictures are made into. */
    int size() {
        return Math.min(shape(0).width(), shape(0).height());
    }

    /** The command that prepares the data; none for pairs. */
    Optional<String> prepare() {
        return ofPairs()
                ? Optional.empty()
                : Optional.of("saddlepoint data prepare " + source + " OUT.zip --size " + size());
    }

    /** A command that trains on the data, with one setting changed. */
    Optional<String> train(String setting) {
        return Optional.of("saddlepoint train --data " + source + " --set " + setting);
    }

    Finding.Affected affected(Sight sight, String note) {
        return new Finding.Affected(name(sight), note, OptionalInt.of(sight.index()), OptionalInt.empty());
    }

    String name(Sight sight) {
        String name = pictures.name(sight.index());
        return pictures.shapes().size() > 1 ? name + " " + "AB".charAt(sight.side()) : name;
    }

    /** How many of so many, as part of a sentence: {@code 1 picture}, {@code 1,214 pictures}. */
    static String counted(int count, String singular, String plural) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? singular : plural);
    }

    /** The median, or NaN of no numbers. */
    static double median(List<Sight> sights, ToDoubleFunction<Sight> number) {
        double[] sorted = sights.stream().mapToDouble(number).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
