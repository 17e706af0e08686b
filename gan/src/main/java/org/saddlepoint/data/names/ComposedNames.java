package org.saddlepoint.data.names;

import java.text.Normalizer;

/**
 * Names in Unicode's composed form (NFC), in which they are compared and shown. macOS and some archives write é as e and a
 * separate accent, most other programs as one character; both mean the same name.
 */
public final class ComposedNames {
    private ComposedNames() {}

    /** The name in composed form. */
    public static String of(String name) {
        return isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
