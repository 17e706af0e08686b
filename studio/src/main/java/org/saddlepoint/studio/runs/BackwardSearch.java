package org.saddlepoint.studio.runs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.saddlepoint.input.Require;

/**
 * Finds the last place of a text in bytes, from their end on: the algorithm of Horspool (1980), "Practical fast searching in
 * strings", backwards. Most bytes are not looked at, so that logs are searched at the speed at which they are read.
 */
final class BackwardSearch {
    private static final int BYTES = 256;

    private final byte[] wanted;

    /** By the byte at a place where the text does not begin: how far before it may begin. */
    private final int[] steps = new int[BYTES];

    /** @param text at least one sign */
    BackwardSearch(String text) {
        Require.that(!text.isEmpty(), "text", "at least one sign", '"' + text + '"');
        wanted = text.getBytes(StandardCharsets.UTF_8);
        Arrays.fill(steps, wanted.length);
        for (int i = wanted.length - 1; i > 0; i--) {
            steps[wanted[i] & 0xFF] = i;
        }
    }

    /** The last place in [start, end) at which the whole text is; −1 if there is none. */
    int last(byte[] bytes, int start, int end) {
        int at = end - wanted.length;
        while (at >= start) {
            if (bytes[at] == wanted[0] && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
            at -= steps[bytes[at] & 0xFF];
        }
        return -1;
    }
}
