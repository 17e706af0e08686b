package org.saddlepoint.studio.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.server.RefusedException;

/** A run that is held, but whose lock names a process that trains nothing: that process must not be stopped. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there a held lock cannot be written over")
class StopOthersTest {
    @TempDir
    private Path runs;

    @Test
    void aProcessOfAnotherProgramIsNotStoppedThoughAHeldLockNamesIt() throws IOException {
        Path run = Fakes.run(runs.resolve("one"), "RUNNING");
        Process innocent = new ProcessBuilder("sleep", "86400").start();
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldsLock.class.getName(),
                        run.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).startsWith("held");
            Path lock = run.resolve(".lock");
            String named =
                    Files.readString(lock).replace("process " + holder.pid() + " ", "process " + innocent.pid() + " ");
            assertThat(named).contains("process " + innocent.pid() + " ");
            Files.writeString(lock, named);
            RunsFolder folder = new RunsFolder(runs);
            RunActions actions = new RunActions(folder, new Jobs(arguments -> List.of("true")));
            assertThatThrownBy(() -> actions.stop(folder.run("one")))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("process " + innocent.pid()
                            + ", which the lock of one names, is none of yours that trains");
            assertThat(innocent.isAlive()).isTrue();
            assertThat(holder.isAlive()).isTrue();
        } finally {
            holder.destroyForcibly();
            innocent.destroyForcibly();
        }
    }
}
