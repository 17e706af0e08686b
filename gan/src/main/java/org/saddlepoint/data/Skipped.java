package org.saddlepoint.data;

import org.saddlepoint.input.OneLine;

/**
 * A file or example that was left out because it could not be used.
 *
 * @param name its name within the dataset: a relative path with forward slashes, or {@code #index}
 * @param reason why it could not be used, in a few words without a line break
 */
public record Skipped(String name, String reason) {

    /** Takes control characters out of both, which files bring. */
    public Skipped {
        name = OneLine.of(name);
        reason = OneLine.of(reason);
    }

    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
