package org.saddlepoint.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is known of images beside their pixels.
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

    /** Whole numbers by value, then all else as text, so that class 10 comes behind class 9. */
    private static final Comparator<String> ORDER = Comparator.comparingInt(Annotations::magnitude)
            .thenComparing(Annotations::digits)
            .thenComparing(Comparator.naturalOrder());

    /** From a list: the class of each image by name, no class if there are none, and the vectors. */
    static Annotations listed(List<String> classOfEach, List<String> vectorNames, float[] vectors) {
        Annotations classes = ofClasses(classOfEach);
        return new Annotations(classes.classNames(), classes.labels(), vectorNames, vectors, true);
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

    /** How many digits a whole number has without leading zeros; words come behind all numbers. */
    private static int magnitude(String name) {
        return name.matches("\\d+") ? digits(name).length() : Integer.MAX_VALUE;
    }

    private static String digits(String name) {
        return name.matches("\\d+") ? name.replaceFirst("^0+(?=.)", "") : "";
    }

    /**
     * Labels {@code names} by their first folder when every one of them lies in a folder and there are at least two.
     * Folders that all files share are taken off first: zips often have one around everything, and it is no class.
     */
    static Annotations ofFolders(List<String> names) {
        int shared = sharedFolders(names);
        if (names.stream().anyMatch(name -> name.indexOf('/', shared) < 0)) {
            return NONE;
        }
        List<String> folders = names.stream()
                .map(name -> name.substring(shared, name.indexOf('/', shared)))
                .toList();
        Annotations found = ofClasses(folders);
        return found.classNames().size() < 2 ? NONE : found;
    }

    /** Length of the folders that all names begin with, up to and with the last slash. */
    static int sharedFolders(List<String> names) {
        String prefix = names.get(0).substring(0, names.get(0).lastIndexOf('/') + 1);
        for (String name : names) {
            while (!name.startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.lastIndexOf('/', prefix.length() - 2) + 1);
            }
        }
        return prefix.length();
    }
}
