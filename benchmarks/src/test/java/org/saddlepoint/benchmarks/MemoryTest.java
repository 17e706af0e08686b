package org.saddlepoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Training does not grow: the peak of resident memory after 2,000 steps is that after 200, within three per cent, in a JVM
 * with the launcher's options.
 */
class MemoryTest {
    @Test
    void twoThousandStepsTakeNoMoreMemoryThanTwoHundred() throws Exception {
        assumeTrue(PeakMemory.ofThisProcess().isPresent(), "needs a system that tells the peak, as Linux does");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-XX:+UseSerialGC",
                        "-Xms96m",
                        "-Xmn48m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-Xbatch", // what is compiled is so by the step that calls it, however busy the machine is
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProbe.class.getName(),
                        "8",
                        "8"))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        // the log may say before that it has no back end
        String[] peaks = output.lines().reduce("", (before, line) -> line).split(" ", -1);
        double growth = Double.parseDouble(peaks[1]) / Double.parseDouble(peaks[0]);
        assertThat(growth).as("peaks in KiB: " + output).isBetween(1.0, 1.03);
    }
}
