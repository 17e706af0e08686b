package org.saddlepoint.places;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The home that Java itself uses: its fonts keep a cache below {@code user.home}. */
public final class UserHome {
    private static final String PROPERTY = "user.home";

    /** What Java found; "?" for a user without an entry in the list of users. */
    private static final String FOUND = System.getProperty(PROPERTY, "");

    private UserHome() {}

    /**
     * Where Java found no home, makes it {@code $HOME} or a folder for temporary files; else a folder called "?" would grow
     * wherever a command is run. Call it before anything is drawn.
     */
    public static void mend() {
        if (CacheFolders.realFolder(FOUND).isEmpty()) {
            System.setProperty(
                    PROPERTY,
                    Optional.ofNullable(System.getenv("HOME"))
                            .flatMap(CacheFolders::realFolder)
                            .filter(Files::isWritable)
                            .orElseGet(UserHome::other)
                            .toString());
        }
    }

    private static Path other() {
        try {
            return CacheFolders.ofProcess().temporary();
        } catch (IOException e) {
            return Path.of("/nonexistent"); // as Debian calls it: where nothing can be kept
        }
    }

    /** As it was before {@link #mend}. */
    static String found() {
        return FOUND;
    }
}
