package org.saddlepoint.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JavaCPP's errors as they were seen; {@code PlacesTest} in the module app has those of a whole process. */
class LoadingFailureTest {
    private static final String FILE = "/c/openblas.jar/libjniopenblas.so";

    private static UnsatisfiedLinkError error(String deepest) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("no jniopenblas in java.library.path: /lib");
        error.initCause(new UnsatisfiedLinkError(deepest));
        return error;
    }

    @Test
    void aPlaceWhereNothingMayRun(@TempDir Path folder) {
        String message = LoadingFailure.message(
                error(FILE + ": " + FILE + ": failed to map segment from shared object"), folder, 1000);
        assertThat(message)
                .isEqualTo("cannot load the native libraries from " + folder
                        + " (failed to map segment from shared object):"
                        + " nothing there may be run or loaded; set SADDLEPOINT_CACHE to a folder in which you may write"
                        + " and run programs, with room for 450 MB");
    }

    @Test
    void aFullDiskOfWhichJavaCppSaysNothing(@TempDir Path folder) {
        UnsatisfiedLinkError error =
                error(FILE + ": libtorch_cpu.so: cannot open shared object file: No such file or directory");
        assertThat(LoadingFailure.message(error, folder, 75))
                .contains("libtorch_cpu.so: cannot open shared object file")
                .contains("the disk is full, 75 MB are free; set SADDLEPOINT_CACHE to a folder");
        assertThat(LoadingFailure.message(error, folder, 5000))
                .doesNotContain("full")
                .endsWith("delete the folders there that end in .jar, and try again");
    }
}
