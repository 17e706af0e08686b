package org.saddlepoint.data;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Names of classes. They say which class is meant where two lists of classes have different orders; and since some hold
 * signs that folders cannot, a class and the folder called after it count as the same.
 */
public final class ClassNames {
    private ClassNames() {}

    /** The name of a folder for this class: what some file systems refuse becomes {@code _}, and none is hidden. */
    public static String folder(String name) {
        String safe = name.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "_").replaceAll("^[. ]|[. ]$", "_");
        return safe.isEmpty() ? "_" : safe;
    }

    /** The position of this class among the names: of the same name, else of the same folder, whatever the case and however
     * accents are written. */
    public static OptionalInt find(List<String> names, String wanted) {
        int exact = names.indexOf(wanted);
        if (exact >= 0) {
            return OptionalInt.of(exact);
        }
        int[] similar = IntStream.range(0, names.size())
                .filter(i -> key(names.get(i)).equals(key(wanted)))
                .toArray();
        return similar.length == 1 ? OptionalInt.of(similar[0]) : OptionalInt.empty();
    }

    private static String key(String name) {
        return Normalizer.normalize(folder(name), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** At most so many names in one line, for messages. */
    public static String listed(List<String> names, int most) {
        String named = String.join(", ", names.subList(0, Math.min(most, names.size())));
        return names.size() > most ? named + " and " + (names.size() - most) + " more" : named;
    }
}
