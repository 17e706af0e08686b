package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    @TempDir
    private Path folder;

    /** Locks the folder it is given, says so, and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            try (RunLock lock = RunLock.of(Path.of(arguments[0]))) {
                System.out.println("locked");
                System.in.read(); // until the test ends, however it does
            }
        }
    }

    @Test
    void whatAKilledProcessLeftIsTakenOverWhoeverHasItsNumberNow() throws IOException {
        // This very process is alive, as one to which the number was given again would be.
        Files.writeString(
                folder.resolve(".lock"),
                "process " + ProcessHandle.current().pid() + " on here, since 2026-01-01T00:00:00Z");
        try (RunLock lock = RunLock.of(folder)) {
            assertThat(Files.readString(folder.resolve(".lock"))).doesNotContain("2026-01-01T00:00:00Z");
        }
        assertThat(folder.resolve(".lock")).doesNotExist();
    }

    @Test
    void oneProcessLocksOnceAndAgainWhenItIsClosed() {
        RunLock lock = RunLock.of(folder);
        assertThatThrownBy(() -> RunLock.of(folder.resolve("../" + folder.getFileName())))
                .hasMessageContaining("right now by this process, ");
        lock.close();
        RunLock.of(folder).close();
    }

    @Test
    void aProcessKeepsOthersOutUntilItIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> RunLock.of(folder))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining(folder + " is being trained right now by process " + holder.pid() + " on ")
                    .satisfies(e -> assertThat(e.getMessage())
                            .containsPattern(", since \\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z; wait until that ends"));
            assertThatThrownBy(() -> RunLock.of(folder)).as("again").isInstanceOf(RunException.class);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve(".lock")).exists();
        RunLock.of(folder).close();
        assertThat(folder.resolve(".lock")).doesNotExist();
    }
}
