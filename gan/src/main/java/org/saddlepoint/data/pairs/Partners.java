package org.saddlepoint.data.pairs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.images.PictureSet;
import org.saddlepoint.data.images.SharedFolders;

/**
 * Matches pictures of two sides by their paths without extension. Folders around a whole side count only if both sides have
 * them.
 */
final class Partners {
    private static final int MOST_NAMED = 10;

    private Partners() {}

    /**
     * Both sides in the same order. A pair is left out if one of its files is no image.
     *
     * @throws DataException when a picture has no partner, or two of one side have the same name but for their extension
     */
    static List<PictureSet> match(PictureSet a, PictureSet b) {
        List<String> pathsA = paths(a);
        List<String> pathsB = paths(b);
        Set<String> shared = new HashSet<>(pathsA);
        shared.retainAll(pathsB);
        int cutA = shared.isEmpty() ? SharedFolders.length(pathsA) : 0;
        int cutB = shared.isEmpty() ? SharedFolders.length(pathsB) : 0;
        Map<String, Integer> byKeyA = byKey(a, pathsA, cutA);
        Map<String, Integer> byKeyB = byKey(b, pathsB, cutB);
        requireNone(missing(byKeyA, byKeyB), a, b, missing(byKeyB, byKeyA));

        // beyond its size a side has files that are no images; they lead nowhere, and neither do their partners
        List<String> keys = byKeyA.keySet().stream()
                .filter(key -> Objects.requireNonNull(byKeyA.get(key)) < a.size()
                        && Objects.requireNonNull(byKeyB.get(key)) < b.size())
                .toList();
        if (keys.isEmpty()) {
            throw new DataException("no pair of " + a.title() + " and " + b.title()
                    + " can be used; the first file that is no image is " + firstSkipped(a, b)
                    + "; replace it by a " + PictureCodecs.FORMATS + " image");
        }
        return List.of(a.choose(places(keys, byKeyA)), b.choose(places(keys, byKeyB)));
    }

    private static List<String> paths(PictureSet side) {
        List<String> paths = new ArrayList<>();
        IntStream.range(0, side.size()).forEach(i -> paths.add(PairPart.stem(side.name(i))));
        side.skippedNames().forEach(name -> paths.add(PairPart.stem(name)));
        return paths;
    }

    private static Map<String, Integer> byKey(PictureSet side, List<String> paths, int cut) {
        Map<String, Integer> byKey = new TreeMap<>();
        for (int i = 0; i < paths.size(); i++) {
            Integer first = byKey.putIfAbsent(paths.get(i).substring(cut), i);
            if (first != null && i < side.size()) { // a file that is not read may lie beside one that is
                throw new DataException(side.title() + " has two files called " + paths.get(i)
                        + ", which differ in their extension alone; a pair needs one on either side: remove one");
            }
        }
        return byKey;
    }

    private static List<String> missing(Map<String, Integer> from, Map<String, Integer> in) {
        return from.keySet().stream().filter(key -> !in.containsKey(key)).toList();
    }

    private static void requireNone(List<String> onlyA, PictureSet a, PictureSet b, List<String> onlyB) {
        if (!onlyA.isEmpty() || !onlyB.isEmpty()) {
            String inA = onlyA.isEmpty() ? "" : lonely(onlyA, a, b);
            String inB = onlyB.isEmpty() ? "" : lonely(onlyB, b, a);
            throw new DataException(inA + (inA.isEmpty() || inB.isEmpty() ? "" : "; ") + inB
                    + "; pairs are files of the same name: add or remove files, or give unpaired:A,B");
        }
    }

    private static String lonely(List<String> names, PictureSet here, PictureSet there) {
        return names.size() + " of " + (here.size() + here.skippedNames().size()) + " pictures in " + here.title()
                + (names.size() == 1 ? " has" : " have") + " no partner in " + there.title() + ": "
                + ClassNames.listed(names, MOST_NAMED);
    }

    private static int[] places(List<String> keys, Map<String, Integer> byKey) {
        return keys.stream()
                .mapToInt(key -> Objects.requireNonNull(byKey.get(key)))
                .toArray();
    }

    private static Skipped firstSkipped(PictureSet a, PictureSet b) {
        return (a.skipped().isEmpty() ? b : a).skipped().get(0);
    }
}
