package org.saddlepoint.input;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Words of commands that messages suggest, so that they can be copied into a POSIX shell as they are. */
public final class ShellWord {
    /** What no shell expands, in whatever place but the first. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_%+:,./-][\\p{L}\\p{N}_@%+=:,./-]*");

    private ShellWord() {}

    /** The word as the shell must be given it: {@code a} as it is, {@code 'a run'}, {@code 'it'\''s'}. */
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A file or folder; what could be taken for an option or a file of arguments gets {@code ./} in front. */
    public static String quote(Path path) {
        String word = path.toString();
        return quote(word.startsWith("-") || word.startsWith("@") ? "./" + word : word);
    }
}
