package org.saddlepoint.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheFoldersTest {
    private static final String CHOSEN = "SADDLEPOINT_CACHE";
    private static final String XDG = "XDG_CACHE_HOME";

    @TempDir
    private Path temp;

    private Path home;
    private Path other;
    private Path tmp;
    private Path file;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    @BeforeEach
    void homes() throws IOException {
        home = Files.createDirectory(temp.resolve("home"));
        other = Files.createDirectory(temp.resolve("other"));
        tmp = Files.createDirectory(temp.resolve("tmp"));
        file = Files.createFile(temp.resolve("file"));
        environment.put("HOME", home.toString());
        properties.put("user.home", other.toString());
        properties.put("java.io.tmpdir", tmp.toString());
    }

    private CacheFolders folders() {
        return new CacheFolders(environment, properties);
    }

    private void keeps(Path folder) {
        assertThat(folders().files()).isEqualTo(new Place(folder, ""));
        assertThat(folders().nativeLibraries()).isEqualTo(new Place(folder.resolve("native"), ""));
        assertThat(folder.resolve("native")).isEmptyDirectory();
    }

    @Test
    void theVariableComesBeforeAll() {
        environment.put(CHOSEN, temp.resolve("a/b").toString());
        environment.put(XDG, temp.resolve("c").toString());
        keeps(temp.resolve("a/b"));
    }

    @Test
    void thenTheCacheOfTheDesktop() {
        environment.put(CHOSEN, " ");
        environment.put(XDG, temp.resolve("c").toString());
        keeps(temp.resolve("c/saddlepoint"));
    }

    @Test
    void thenTheHome() {
        environment.put(XDG, "relative, which its specification says to ignore");
        keeps(home.resolve(".cache/saddlepoint"));
    }

    @Test
    void thenJavasHomeWhereTheOtherIsNoneOrNotUsable() throws IOException {
        environment.put("HOME", file.toString());
        keeps(other.resolve(".cache/saddlepoint"));
        environment.remove("HOME");
        keeps(other.resolve(".cache/saddlepoint"));
        environment.put("HOME", home.toString());
        Files.createFile(home.resolve(".cache"));
        keeps(other.resolve(".cache/saddlepoint"));
    }

    @Test
    void aUserWithoutAHomeKeepsThingsInATemporaryFolderAndIsTold() throws IOException {
        environment.remove("HOME");
        properties.put("user.home", "?");
        Path folder = tmp.resolve("saddlepoint-" + Files.getOwner(file).getName());
        Place place = folders().nativeLibraries();
        assertThat(place.folder()).isEqualTo(folder.resolve("native"));
        assertThat(place.remark())
                .isEqualTo("the native libraries are kept in " + folder.resolve("native")
                        + ", since HOME is not set; set SADDLEPOINT_CACHE to a folder that stays");
        assertThat(folders().nativeLibraries()).as("the next time too").isEqualTo(place);
        assertThat(Path.of("?")).doesNotExist();
        environment.put("HOME", home.toString());
        Files.createFile(home.resolve(".cache"));
        assertThat(folders().files().remark())
                .contains("since " + home.resolve(".cache/saddlepoint") + " cannot be used (" + home.resolve(".cache")
                        + " is a file)");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such permissions")
    void aTemporaryFolderThatOthersCouldFillIsNotTrusted() throws IOException {
        environment.remove("HOME");
        properties.put("user.home", "?");
        Path folder = tmp.resolve("saddlepoint-" + Files.getOwner(file).getName());
        assertThat(folders().files().folder()).isEqualTo(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> folders().files())
                .isInstanceOf(PlaceException.class)
                .hasMessage("there is no place for files: HOME is not set, and " + tmp + " cannot be used (" + folder
                        + " is not a folder of this user's alone); set SADDLEPOINT_CACHE to a folder in which you may"
                        + " write");
        Files.delete(folder);
        Files.createSymbolicLink(folder, home);
        assertThatThrownBy(() -> folders().files()).hasMessageContaining("not a folder of this user's alone");
    }

    @Test
    void whoChoseAFolderThatCannotBeUsedIsToldPlaceReasonAndRemedy() {
        environment.put(XDG, file.toString());
        assertThatThrownBy(() -> folders().files())
                .isInstanceOf(PlaceException.class)
                .hasMessage("cannot keep files in " + file.resolve("saddlepoint") + ", which XDG_CACHE_HOME names: "
                        + file + " is a file; set SADDLEPOINT_CACHE to a folder in which you may write");
        environment.put(CHOSEN, file.resolve("below").toString());
        assertThatThrownBy(() -> folders().nativeLibraries())
                .isInstanceOf(PlaceException.class)
                .hasMessage("cannot keep the native libraries in " + file.resolve("below/native")
                        + ", which SADDLEPOINT_CACHE names: " + file
                        + " is a file; set SADDLEPOINT_CACHE to a folder in"
                        + " which you may write and run programs, with room for 450 MB");
        environment.put(CHOSEN, "nul\0");
        assertThatThrownBy(() -> folders().files())
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("SADDLEPOINT_CACHE is \"nul \", which is no path");
    }

    @Test
    void withoutAnyPlaceTheLastReasonIsSaid() {
        environment.remove("HOME");
        properties.put("user.home", "?");
        properties.put("java.io.tmpdir", temp.resolve("absent").toString());
        assertThatThrownBy(() -> folders().nativeLibraries())
                .isInstanceOf(PlaceException.class)
                .hasMessageStartingWith("there is no place for the native libraries: HOME is not set, and "
                        + temp.resolve("absent") + " cannot be used (no such file or folder: ")
                .hasMessageContaining("; set SADDLEPOINT_CACHE to a folder");
    }

    @Test
    void javaCppsOwnPropertyWinsAndIsNamedWhereItIsWrong() {
        environment.put(CHOSEN, temp.resolve("a").toString());
        properties.put("org.bytedeco.javacpp.cachedir", temp.resolve("own").toString());
        assertThat(folders().nativeLibraries()).isEqualTo(new Place(temp.resolve("own"), ""));
        assertThat(folders().files()).isEqualTo(new Place(temp.resolve("a"), ""));
        properties.put("org.bytedeco.javacpp.cachedir", file.toString());
        assertThatThrownBy(() -> folders().nativeLibraries())
                .hasMessage("cannot keep the native libraries in " + file + ", which the property"
                        + " org.bytedeco.javacpp.cachedir names: " + file
                        + " is a file; give it another folder, or leave it out");
    }

    @Test
    void aFolderThatJavaCppFilledGoesOnToServe() throws IOException {
        environment.put(XDG, temp.resolve("c").toString());
        Path filled = home.resolve(".javacpp/cache");
        Files.createDirectories(filled.resolve("leptonica-1.87.0.jar"));
        assertThat(folders().nativeLibraries().folder())
                .as("other libraries are no reason to stay")
                .isEqualTo(temp.resolve("c/saddlepoint/native"));
        Files.createDirectories(filled.resolve("pytorch-2.10.0-1.5.13-linux-x86_64.jar"));
        assertThat(folders().nativeLibraries()).isEqualTo(new Place(filled, ""));
        assertThat(folders().files().folder()).isEqualTo(temp.resolve("c/saddlepoint"));
        environment.put(CHOSEN, temp.resolve("a").toString());
        assertThat(folders().nativeLibraries().folder()).isEqualTo(temp.resolve("a/native"));
    }
}
