package org.saddlepoint.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the file system throws is given here, since root, who may run these tests, is denied nothing. */
class IoReasonsTest {
    @TempDir
    private Path folder;

    @Test
    void exceptionsWhoseMessageIsThePathAloneGetWords() {
        assertThat(IoReasons.of(new NoSuchFileException("a"))).isEqualTo("no such file or folder: a");
        assertThat(IoReasons.of(new FileAlreadyExistsException("a"))).isEqualTo("a file is in the way: a");
        assertThat(IoReasons.of(new FileSystemException("a", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(IoReasons.of(new IOException("it ends early\nat 3"))).isEqualTo("it ends early");
        assertThat(IoReasons.of(new IOException())).isEqualTo("IOException");
        assertThat(IoReasons.of(new FileNotFoundException("a (b) (Too many open files)")))
                .isEqualTo("Too many open files");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such permissions")
    void whoWasDeniedAndWhoseItIs() throws IOException {
        Path file = Files.createFile(folder.resolve("a b.csv"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx-wx-wx"));
        String expected = "permission denied for user " + System.getProperty("user.name") + ": " + file + " belongs to "
                + Files.getOwner(file).getName() + " with permissions -wx-wx-wx; its owner can change them with chmod";
        assertThat(IoReasons.of(new AccessDeniedException(file.toString()))).isEqualTo(expected);
        assertThat(IoReasons.of(new FileNotFoundException(file + " (Permission denied)")))
                .isEqualTo(expected);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such permissions")
    void filesThatWereRefusedAlikeHaveOneReasonWhereTheyAreNamedAnyway() throws IOException {
        Path a = Files.createFile(folder.resolve("a.png"));
        Path b = Files.createFile(folder.resolve("b.png"));
        for (Path file : List.of(a, b)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        }
        String reason = IoReasons.ofNamed(new AccessDeniedException(a.toString()));
        assertThat(reason)
                .isEqualTo("permission denied for user " + System.getProperty("user.name") + ": it belongs to "
                        + Files.getOwner(a).getName()
                        + " with permissions ---------; its owner can change them with chmod")
                .isEqualTo(IoReasons.ofNamed(new AccessDeniedException(b.toString())));
        assertThat(IoReasons.ofNamed(new NoSuchFileException("a"))).isEqualTo("no such file or folder: a");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such permissions")
    void whatCannotBeMadeIsDeniedByItsFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(IoReasons.of(new AccessDeniedException(folder.resolve("new").toString())))
                .startsWith("permission denied for user ")
                .contains(": " + folder + " belongs to ")
                .contains(" with permissions rwxr-xr-x;");
    }

    @Test
    void aPathThatTheLocaleCannotSpellNamesTheRemedy() {
        assertThat(IoReasons.of(
                        new InvalidPathException("é", "Malformed input or input contains unmappable characters")))
                .contains("not in the charset of this locale")
                .contains("LC_ALL=C.UTF-8");
        assertThat(IoReasons.of(new InvalidPathException("\0", "Nul character not allowed")))
                .isEqualTo("Nul character not allowed");
    }

    @Test
    void whatIsThereExists() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));
        assertThat(InputFiles.exists(file)).isTrue();
        assertThat(InputFiles.exists(folder)).isTrue();
        assertThat(InputFiles.exists(folder.resolve("b"))).isFalse();
        assertThat(InputFiles.exists(file.resolve("below a file"))).isFalse();
        InputFiles.requireReadable(file);
        assertThatThrownBy(() -> InputFiles.requireReadable(folder)).hasMessage("it is a folder and no regular file");
    }
}
