package org.saddlepoint.data.images;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Labels and vectors of images.
 *
 * @param classNames names of the classes in order; empty where there are no labels
 * @param labels the position of each image's class; empty where there are no labels
 * @param vectorNames names of the numbers that describe an image; empty where there are none
 * @param vectors these numbers, image by image
 * @param listed whether a list says all this and not the images' names, so that fingerprints must cover it
 */
@SuppressWarnings("ArrayRecordComponent") // within this package, and never compared
record Annotations(
        List<String> classNames, List<Integer> labels, List<String> vectorNames, float[] vectors, boolean listed) {
    static final Annotations NONE = new Annotations(List.of(), List.of(), List.of(), new float[0], false);

    /** Whole numbers by value, then all else as text, so that class 10 follows class 9. */
    private static final Comparator<String> ORDER = Comparator.comparingInt(Annotations::magnitude)
            .thenComparing(Annotations::digits)
            .thenComparing(Comparator.naturalOrder());

    /** Labels and vectors that a list gives to those of its images that have these names. */
    static Annotations listed(ImageListing listing, List<String> names) {
        Map<String, ImageListing.Image> byName = new HashMap<>();
        listing.images().forEach(image -> byName.put(image.path(), image));
        int length = listing.vectorNames().size();
        List<String> classOfEach = new ArrayList<>();
        float[] vectors = new float[Math.multiplyExact(names.size(), length)];
        for (int i = 0; i < names.size(); i++) {
            ImageListing.Image image = Objects.requireNonNull(byName.get(names.get(i)));
            image.label().ifPresent(classOfEach::add);
            System.arraycopy(image.vector(), 0, vectors, i * length, length);
        }
        Annotations classes = ofClasses(classOfEach);
        return new Annotations(classes.classNames(), classes.labels(), listing.vectorNames(), vectors, true);
    }

    private static Annotations ofClasses(List<String> classOfEach) {
        List<String> classNames = classOfEach.stream().distinct().sorted(ORDER).toList();
        Map<String, Integer> positions = new HashMap<>();
        classNames.forEach(name -> positions.put(name, positions.size()));
        List<Integer> labels = classOfEach.stream()
                .map(name -> Objects.requireNonNull(positions.get(name)))
                .toList();
        return new Annotations(classNames, labels, List.of(), new float[0], false);
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
     * Folders that all files share are ignored: zips often have one around everything, and it is no class.
     */
    static Annotations ofFolders(List<String> names) {
        int shared = SharedFolders.length(names);
        if (names.stream().anyMatch(name -> name.indexOf('/', shared) < 0)) {
            return NONE;
        }
        List<String> folders = names.stream()
                .map(name -> name.substring(shared, name.indexOf('/', shared)))
                .toList();
        Annotations found = ofClasses(folders);
        return found.classNames().size() < 2 ? NONE : found;
    }
}
