package org.saddlepoint.data;

import org.saddlepoint.input.OneLine;

/**
 * A file or example that was left out.
 *
 * @param name its name within the dataset: a relative path with forward slashes, or {@code #index}
 * @param reason why, in a few words without a line break; where the kind is {@link Kind#NOT_READ}, the same words for all
 *     files with this reason
 * @param kind what it is
 */
public record Skipped(String name, String reason, Kind kind) {

    /** What is left out. */
    public enum Kind {
        /** A picture or an example that does not decode. */
        DAMAGED,
        /** A file that may be as it should but is not read, such as a link or a picture in a format that is not known. */
        NOT_READ,
        /** A file that is no picture and does not claim to be one, which is no fault. */
        OTHER
    }

    /** Takes control characters out of both, which files bring. */
    public Skipped {
        name = OneLine.of(name);
        reason = OneLine.of(reason);
    }

    /** A picture or an example that does not decode, of the kind {@link Kind#DAMAGED}. */
    public Skipped(String name, String reason) {
        this(name, reason, Kind.DAMAGED);
    }

    /** Whether the user may miss it: all but files that are no pictures. */
    public boolean isFault() {
        return kind != Kind.OTHER;
    }

    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
