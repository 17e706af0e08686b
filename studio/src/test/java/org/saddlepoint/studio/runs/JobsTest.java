package org.saddlepoint.studio.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is started from the browser. */
class JobsTest {
    private static final String SECONDS = "3601.5"; // by which the process is found

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such signals")
    void aJobLivesOnAfterTheCtrlCOfTheStudioAndEndsWhenItIsStopped() throws Exception {
        Jobs jobs = new Jobs(arguments -> List.of("sleep", SECONDS));
        Jobs.Shown job = jobs.start(List.of("train"), "digits");
        ProcessHandle process = sleeping();
        try {
            for (String signal : List.of("-INT", "-HUP")) {
                assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                                .start()
                                .waitFor())
                        .isZero();
            }
            assertThat(endsWithin(process, 1)).isFalse();
            jobs.stop(job.number());
            assertThat(endsWithin(process, 300)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The process behind the shell that makes it deaf, once that has made way for it. */
    private static ProcessHandle sleeping() throws InterruptedException {
        for (int i = 0; i < 30_000; i++) {
            var found = ProcessHandle.current()
                    .children()
                    .filter(child -> List.of(child.info().arguments().orElse(new String[0]))
                            .equals(List.of(SECONDS)))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("the job did not begin");
    }

    private static boolean endsWithin(ProcessHandle process, int seconds) throws Exception {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        }
    }
}
