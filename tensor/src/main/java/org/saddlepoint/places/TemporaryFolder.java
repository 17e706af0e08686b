package org.saddlepoint.places;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** A folder under a name that stays the same, in one where everybody may write. */
final class TemporaryFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private TemporaryFolder() {}

    /**
     * The folder {@code saddlepoint-USER}; it is made if it is missing.
     *
     * @throws IOException if it cannot be made; or if others made it or may write into it, since then libraries that are
     *     loaded from it could be theirs
     */
    static Path ofUser(Path everybody) throws IOException {
        UserPrincipal user = user(everybody);
        Path folder = everybody
                .resolve("saddlepoint-" + user.getName().replaceAll("[^A-Za-z0-9._-]", "_"))
                .toAbsolutePath();
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectory(
                    folder,
                    posix
                            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                            : new FileAttribute<?>[0]);
        } catch (FileAlreadyExistsException e) {
            boolean own = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user);
            if (!own || (posix && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(folder)))) {
                throw new IOException(folder + " is not a folder of this user's alone");
            }
        }
        return folder;
    }

    /** Who owns the files that this process makes; Java's {@code user.name} is "?" for users without a name. */
    private static UserPrincipal user(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "saddlepoint", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
