package org.saddlepoint.studio.models;

import java.util.Arrays;
import java.util.Locale;
import org.saddlepoint.studio.server.RefusedException;
import org.saddlepoint.training.Direction;

/** The words of requests and answers for directions: {@code a2b} and {@code b2a}. */
public final class DirectionWord {
    private DirectionWord() {}

    /** The word. */
    public static String of(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    /** @throws RefusedException if it is neither word */
    public static Direction parse(String word) {
        return Arrays.stream(Direction.values())
                .filter(each -> of(each).equals(word))
                .findFirst()
                .orElseThrow(() -> RefusedException.wrong("direction must be a2b or b2a but was " + word));
    }
}
