package org.saddlepoint.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/** Says who was denied what, since the system names the path alone. */
final class Denial {
    private Denial() {}

    /**
     * Such as {@code permission denied for user ann: photos belongs to root with permissions rwx------; its owner can change
     * them with chmod}.
     *
     * @param file what could not be opened, made or deleted
     * @param named whether the message names the file anyway; it is then called "it", so that the reasons of several files are
     *     the same
     */
    static String of(String file, boolean named) {
        try {
            Path path = Path.of(file);
            Path culprit = culprit(path);
            String subject = named && culprit.equals(path) ? "it" : culprit.toString();
            return "permission denied for " + user() + ": " + subject + belongings(culprit);
        } catch (InvalidPathException e) {
            return "permission denied for " + user() + ": " + file;
        }
    }

    /** The folder on the way that lets nobody through, else the file itself, else the folder in which it should be made. */
    private static Path culprit(Path path) {
        Deque<Path> above = new ArrayDeque<>();
        Path absolute = path.toAbsolutePath();
        for (Path folder = absolute.getParent(); folder != null; folder = folder.getParent()) {
            above.push(folder);
        }
        for (Path folder : above) {
            if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
                return folder;
            }
        }
        Path parent = absolute.getParent();
        boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        boolean open = there && Files.isReadable(path) && Files.isWritable(path);
        return parent == null || (there && (!open || Files.isWritable(parent))) ? path : parent;
    }

    private static String belongings(Path path) {
        try {
            return " belongs to " + Files.getOwner(path).getName() + " with permissions "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    + "; its owner can change them with chmod";
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /** Java calls a user "?" that has a number and no name. */
    private static String user() {
        String name = System.getProperty("user.name", "");
        if (!name.isBlank() && !name.equals("?")) {
            return "user " + name;
        }
        try {
            return "user " + Files.getOwner(Path.of("/proc/self")).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "this user";
        }
    }
}
