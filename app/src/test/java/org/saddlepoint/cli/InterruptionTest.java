package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.Autograd;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** A process of its own that is told to end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
class InterruptionTest {
    @TempDir
    private Path temp;

    private @Nullable Process started;

    @AfterEach
    void leavesNoProcessBehind() {
        if (started != null) {
            Child.end(started);
        }
    }

    @Test
    void endsTheStepAndWritesACheckpointEvenBehindAProgressBar() throws Exception {
        Path run = temp.resolve("it's a run");
        Path err = temp.resolve("err");
        Process process = train(run, err);
        stop(process, "-INT");

        assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(130);
        JsonNode manifest = Cli.parse(run.resolve("run.json"));
        assertThat(manifest.get("outcome").asText()).isEqualTo("INTERRUPTED");
        long step = manifest.get("steps").asLong();
        assertThat(step).isPositive();
        assertThat(Cli.generator(run, step)).isNotEmpty();
        assertThat(Files.readString(err)).contains("% [").contains(" images/s");
        assertThat(Files.readString(temp.resolve("out")))
                .contains("interrupted after step " + step + "; go on with: saddlepoint resume '" + temp
                        + "/it'\\''s a run'\n");
    }

    @Test
    void endsAPauseOnAFailingWriteAsAnInterruptedRun() throws Exception {
        Path run = temp.resolve("run");
        Path err = temp.resolve("err");
        Process process = train(run, err);
        Path samples = run.resolve("samples");
        await(process, () -> Files.exists(samples));
        putAFileInPlaceOf(samples);
        await(process, () -> Files.readString(temp.resolve("out")).contains("paused: "));
        // Without it, what follows would be true of any run that is stopped.
        assertThat(Files.readString(temp.resolve("out"))).contains("paused: ");
        stop(process, "-TERM");

        assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(143);
        assertThat(Cli.parse(run.resolve("run.json")).get("outcome").asText()).isEqualTo("INTERRUPTED");
    }

    /** The process may make its folder anew in between. */
    private void putAFileInPlaceOf(Path folder) throws IOException {
        for (int i = 0; !Files.isRegularFile(folder); i++) {
            try {
                Files.move(folder, temp.resolve("samples" + i));
                Files.writeString(folder, "a file where a folder should be", StandardOpenOption.CREATE_NEW);
            } catch (FileSystemException isThereAgain) {
                assertThat(i).as("tries to put a file in place of " + folder).isLessThan(100_000);
            }
        }
    }

    @Test
    void endsNoOperationOfLibtorchInTheMiddle() throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ErrorFile=" + temp.resolve("crash"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongOperation.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        started = process;
        await(process, () -> Files.readString(out).contains("begun"));
        stop(process, "-TERM");

        assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(143);
        assertThat(temp.resolve("crash")).doesNotExist();
        assertThat(Files.readString(out)).as("nothing begins after it").doesNotContain("ended");
    }

    /** One call of libtorch, in whose middle the process is told to end and begins to, and a short one. */
    static final class LongOperation {
        private LongOperation() {}

        public static void main(String[] arguments) {
            Interruption.installHook();
            Engine.threads(1);
            try (TensorScope scope = TensorScope.open();
                    RandomGenerator random = new RandomGenerator(0)) {
                Tensor x = random.normal(512, 512).withGrad(true);
                Tensor y = x;
                for (int i = 0; i < 60; i++) {
                    y = y.matmul(x).mul(0.01);
                }
                Autograd.onGradient(y, gradient -> {
                    System.out.println("begun");
                    awaitTheEnd();
                    return gradient;
                });
                Autograd.grad(y.sum(), List.of(x)).get(0).sum();
                System.out.println("ended");
            }
            System.exit(0);
        }
    }

    /** Waits until this process has begun to end; from then on it takes no more hooks. */
    private static void awaitTheEnd() {
        try {
            while (true) {
                Thread hook = new Thread();
                Runtime.getRuntime().addShutdownHook(hook);
                Runtime.getRuntime().removeShutdownHook(hook);
                LockSupport.parkNanos(1_000_000);
            }
        } catch (IllegalStateException itEnds) {
            return;
        }
    }

    /** A process that trains without end, and has done some steps. */
    private Process train(Path run, Path err) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsaddlepoint.terminal=true",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        "--steps",
                        "1000000",
                        "--set",
                        "generator.width=4",
                        "--set",
                        "discriminator.width=4",
                        "--set",
                        "logEvery=1",
                        "--set",
                        "sampleEvery=20",
                        "--batch-size",
                        "8",
                        "--threads",
                        "1",
                        "--out",
                        run.toString())
                .redirectError(err.toFile())
                .redirectOutput(temp.resolve("out").toFile())
                .start();
        started = process;
        Path metrics = run.resolve("metrics.jsonl");
        await(process, () -> Files.exists(metrics) && Files.size(metrics) >= 1000);
        return process;
    }

    private static void await(Process process, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Child.LONGEST_MINUTES);
        while (System.nanoTime() < end && process.isAlive() && !condition.call()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void stop(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
        assertThat(Child.ends(process)).isTrue();
    }
}
