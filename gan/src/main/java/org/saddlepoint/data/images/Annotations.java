package org.saddlepoint.data.images;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.names.ComposedNames;

/**
 * Labels and vectors of images.
 *
 * @param classNames names of the classes in order; empty where there are no labels
 * @param labels the position of each image's class; empty where there are no labels
 * @param vectorNames names of the numbers that describe an image; empty where there are none
 * @param vectors these numbers, image by image
 * @param listed whether a list says all this and not the images' names, so that fingerprints must cover it
 * @param notes where this comes from, unless folders name the classes; one line each
 */
@SuppressWarnings("ArrayRecordComponent") // within this package, and never compared
record Annotations(
        List<String> classNames,
        List<Integer> labels,
        List<String> vectorNames,
        float[] vectors,
        boolean listed,
        List<String> notes) {
    static final Annotations NONE = new Annotations(List.of(), List.of(), List.of(), new float[0], false, List.of());

    /** A picture in a shard of StyleGAN's dataset tool. */
    private static final Pattern SHARD = Pattern.compile("\\d{5}/img\\d{8}\\.\\w+");

    /** Whole numbers by value, then all else as text, so that class 10 follows class 9. */
    private static final Comparator<String> ORDER = Comparator.comparingInt(Annotations::magnitude)
            .thenComparing(Annotations::digits)
            .thenComparing(Comparator.naturalOrder());

    /**
     * What a folder or zip says of its images: its {@code dataset.json}, if it has one, else the names of its folders.
     *
     * @throws DataException when {@code dataset.json} is wrong
     */
    static Annotations of(ImageFiles files, ImageCatalogue images) {
        return DatasetJson.of(files, images).map(DatasetJson::annotations).orElseGet(() -> ofFolders(images.names()));
    }

    /** Labels and vectors that a list gives to those of its images that were found. */
    static Annotations listed(ImageListing listing, ImageCatalogue images) {
        int length = listing.vectorNames().size();
        List<String> classOfEach = new ArrayList<>();
        float[] vectors = new float[Math.multiplyExact(images.entries().size(), length)];
        for (int i = 0; i < images.entries().size(); i++) {
            ImageListing.Image image =
                    listing.images().get(images.entries().get(i).place());
            image.label().ifPresent(classOfEach::add);
            System.arraycopy(image.vector(), 0, vectors, i * length, length);
        }
        Annotations classes = ofClasses(classOfEach);
        return new Annotations(classes.classNames(), classes.labels(), listing.vectorNames(), vectors, true, List.of());
    }

    /** The same, said by a list. */
    Annotations listed(String note) {
        return new Annotations(classNames, labels, vectorNames, vectors, true, notes).noted(note);
    }

    /** The same with another note. */
    Annotations noted(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Annotations(classNames, labels, vectorNames, vectors, listed, more);
    }

    /** Nothing, for this reason. */
    static Annotations none(String note) {
        return NONE.noted(note);
    }

    static Annotations ofVectors(List<String> vectorNames, float[] vectors) {
        return new Annotations(List.of(), List.of(), vectorNames, vectors, false, List.of());
    }

    static Annotations ofClasses(List<String> writtenClasses) {
        List<String> classOfEach =
                writtenClasses.stream().map(ComposedNames::of).toList();
        List<String> classNames = classOfEach.stream().distinct().sorted(ORDER).toList();
        Map<String, Integer> positions = new HashMap<>();
        classNames.forEach(name -> positions.put(name, positions.size()));
        List<Integer> labels = classOfEach.stream()
                .map(name -> Objects.requireNonNull(positions.get(name)))
                .toList();
        return new Annotations(classNames, labels, List.of(), new float[0], false, List.of());
    }

    /** How many digits a whole number has without leading zeros; words follow all numbers. */
    private static int magnitude(String name) {
        return name.matches("\\d+") ? digits(name).length() : Integer.MAX_VALUE;
    }

    private static String digits(String name) {
        return name.matches("\\d+") ? name.replaceFirst("^0+(?=.)", "") : "";
    }

    /**
     * Labels {@code names} by their first folder when every one of them lies in a folder and there are at least two.
     * Folders that all files share are ignored: zips often have one around everything, and it is no class. The shards of
     * StyleGAN's dataset tool are none either.
     */
    static Annotations ofFolders(List<String> names) {
        int shared = SharedFolders.length(names);
        if (names.stream().anyMatch(name -> name.indexOf('/', shared) < 0)) {
            return shared == 0
                    ? NONE
                    : none("all pictures are in the folder " + names.get(0).substring(0, shared - 1)
                            + ", which alone makes no classes");
        }
        List<String> folders = names.stream()
                .map(name -> name.substring(shared, name.indexOf('/', shared)))
                .toList();
        Annotations found = ofClasses(folders);
        if (found.classNames().size() < 2) {
            return NONE;
        }
        return names.stream()
                        .allMatch(name -> SHARD.matcher(name.substring(shared)).matches())
                ? none("the folders " + found.classNames().get(0) + " to "
                        + found.classNames().get(found.classNames().size() - 1)
                        + " are shards of StyleGAN's dataset tool, and no classes")
                : found;
    }
}
