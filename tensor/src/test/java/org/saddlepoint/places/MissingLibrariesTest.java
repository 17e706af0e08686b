package org.saddlepoint.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingLibrariesTest {
    @TempDir
    private Path folder;

    @Test
    void theClassifierIsThatOfTheSystem() {
        assertThat(MissingLibraries.system("Linux", "amd64")).isEqualTo("linux-x86_64");
        assertThat(MissingLibraries.system("Linux", "aarch64")).isEqualTo("linux-arm64");
        assertThat(MissingLibraries.system("Mac OS X", "aarch64")).isEqualTo("macosx-arm64");
        assertThat(MissingLibraries.system("Windows Server 2022", "amd64")).isEqualTo("windows-x86_64");
    }

    @Test
    void theDependencyIsNamedWhereThereIsOne() {
        assertThat(MissingLibraries.message("Mac OS X", "aarch64"))
                .contains("org.saddlepoint:saddlepoint-natives", "classifier macosx-arm64")
                .doesNotContain("\n");
        assertThat(MissingLibraries.message("Linux", "aarch64"))
                .contains(
                        "no native libraries for this system, linux-arm64",
                        "linux-x86_64, macosx-arm64, windows-x86_64")
                .doesNotContain("add the dependency");
    }

    @Test
    void itIsSaidInPlaceOfTheLoadersOwnWords() {
        for (String words : new String[] {
            "no jninone in java.library.path: /usr/lib", "Could not find jninone in class, module, and library paths."
        }) {
            assertThat(LoadingFailure.message(new UnsatisfiedLinkError(words), folder))
                    .isEqualTo(MissingLibraries.message());
        }
    }

    /** As where the disk is full, so that it cannot be unpacked. */
    @Test
    void itIsNotSaidOfALibraryThatIsOnTheClassPath() {
        Throwable error = new UnsatisfiedLinkError("no jnijavacpp in java.library.path: /usr/lib");
        assertThat(LoadingFailure.message(error, folder)).isNotEqualTo(MissingLibraries.message());
    }
}
