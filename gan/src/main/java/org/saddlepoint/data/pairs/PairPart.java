package org.saddlepoint.data.pairs;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.images.PictureSet;
import org.saddlepoint.data.names.ComposedNames;

/**
 * Which pictures of a folder or zip are used. About one in ten is held out for tests: which ones follows from
 * the SHA-256 hashes of their names without folders and extension. So the same name is held out on both sides of a pair, in
 * each folder and on each machine, and adding pictures moves no other.
 */
public enum PairPart {
    /** All. */
    ALL,
    /** All but those held out. */
    TRAIN,
    /** Those held out. */
    TEST;

    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z][A-Za-z0-9]{0,4}$");
    private static final int ONE_IN = 10;
    private static final int DIGITS = 8;
    private static final int HEXADECIMAL = 16;

    /**
     * The pictures of this part of a folder or zip, in the order of their names.
     *
     * @param links which are followed in a folder
     * @throws DataException when there are none
     */
    PictureSet open(Path path, Links links) {
        return of(PictureSet.open(path, links));
    }

    /**
     * The pictures of this part among all, which are closed where there are none.
     *
     * @throws DataException when there are none
     */
    PictureSet of(PictureSet all) {
        PictureSet held = all.where(this::holds);
        if (held.size() == 0) {
            all.close();
            throw new DataException("none of the " + all.size() + " pictures in " + all.title()
                    + " belongs to the"
                    + " part " + (this == TEST ? "test" : "train") + ", for about one in ten is held"
                    + " out by its name; give more pictures, or use all of them");
        }
        return held;
    }

    /** @param path a relative name with forward slashes */
    boolean holds(String path) {
        return this == ALL || (this == TEST) == isHeldOut(path);
    }

    private static boolean isHeldOut(String path) {
        String stem = stem(path);
        String hash =
                new Digest().add(stem.substring(stem.lastIndexOf('/') + 1)).hex();
        return Long.parseLong(hash.substring(hash.length() - DIGITS), HEXADECIMAL) % ONE_IN == 0;
    }

    /**
     * The path without its extension, composed, since file systems differ in how they write accents. An extension begins with
     * a letter; what follows a dot in {@code scan.2019} belongs to the name.
     */
    static String stem(String path) {
        return ComposedNames.of(EXTENSION.matcher(path.replace('\\', '/')).replaceFirst(""));
    }
}
