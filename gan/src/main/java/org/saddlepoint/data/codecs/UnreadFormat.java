package org.saddlepoint.data.codecs;

/**
 * A format that is recognised but not read.
 *
 * @param name such as {@code HEIC}
 * @param hint what to do with such files, such as {@code convert them with `heif-convert IN OUT.png`}
 */
public record UnreadFormat(String name, String hint) {

    /** Why a file of this format is left out, in a few words. */
    public String reason() {
        return name + " is not read; " + hint;
    }
}
