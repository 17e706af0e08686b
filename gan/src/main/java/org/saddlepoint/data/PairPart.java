package org.saddlepoint.data;

import java.text.Normalizer;

/**
 * Which pictures of a folder or zip are used. About one in ten is held out for tests: those whose names, without folders
 * and extension, have SHA-256 hashes that end so. So the same name is held out on both sides of a pair, in each folder
 * and on each machine, and adding pictures moves no other.
 */
public enum PairPart {
    /** All. */
    ALL,
    /** All but those held out. */
    TRAIN,
    /** Those held out. */
    TEST;

    private static final int ONE_IN = 10;
    private static final int DIGITS = 8;
    private static final int HEXADECIMAL = 16;

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

    /** The path without its extension, composed, since file systems differ in how they write accents. */
    static String stem(String path) {
        String slashes = path.replace('\\', '/');
        int dot = slashes.lastIndexOf('.');
        String stem = dot > slashes.lastIndexOf('/') ? slashes.substring(0, dot) : slashes;
        return Normalizer.normalize(stem, Normalizer.Form.NFC);
    }
}
