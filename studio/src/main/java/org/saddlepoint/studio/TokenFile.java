package org.saddlepoint.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.saddlepoint.places.CacheFolders;
import org.saddlepoint.studio.server.AccessToken;

/** Keeps the token of this user's studio, so that pages that are open go on to work when it is started again. */
final class TokenFile {
    private static final String OWNER_ALONE = "rw-------";

    private final Path file;

    TokenFile(Path file) {
        this.file = file;
    }

    /** The file of this user, which nobody else may read. */
    static TokenFile ofUser() {
        return new TokenFile(CacheFolders.ofProcess().files().folder().resolve("studio-token"));
    }

    /** The token that is kept, or else a new one, which is kept if that is possible. */
    AccessToken token() {
        try {
            if (isPrivate()) {
                return AccessToken.of(
                        Files.readString(file, StandardCharsets.UTF_8).strip());
            }
        } catch (IOException | IllegalArgumentException damaged) {
            return renewed();
        }
        return renewed();
    }

    private boolean isPrivate() throws IOException {
        return Files.isRegularFile(file)
                && (!hasPermissions()
                        || PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                .equals(OWNER_ALONE));
    }

    private AccessToken renewed() {
        AccessToken token = AccessToken.random();
        try {
            write(file, token.text());
        } catch (IOException e) {
            return token; // it then holds until this server ends
        }
        return token;
    }

    /**
     * A page beside the token that leads to an address with it, for a browser that is started: others on this machine see the
     * arguments of processes, and so must not find the address among them.
     *
     * @throws IOException if it cannot be written
     */
    Path pageTo(String address) throws IOException {
        Path page = file.resolveSibling("studio.html");
        write(page, "<!doctype html><meta http-equiv=\"refresh\" content=\"0;url=" + address + "\">");
        return page;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        if (hasPermissions()) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static boolean hasPermissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
