package org.saddlepoint.studio.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.MetricsLog;
import org.saddlepoint.studio.Fakes;

/** Logs are sampled, thinned and followed. */
class LogsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path dir;

    private static List<Long> steps(List<LogLine> lines) {
        return lines.stream().map(LogLine::step).toList();
    }

    @Test
    void aShortLogIsReadAsItIs() throws IOException {
        Fakes.log(dir, 1, 30);
        Path log = dir.resolve("metrics.jsonl");
        assertThat(steps(LogSample.read(log, 100, 0, Long.MAX_VALUE)))
                .hasSize(30)
                .startsWith(1L)
                .endsWith(30L);
        assertThat(steps(LogSample.read(log, 4, 0, Long.MAX_VALUE))).containsExactly(1L, 10L, 20L, 30L);
        assertThat(steps(LogSample.read(log, 100, 5, 7))).containsExactly(5L, 6L, 7L);
        assertThat(LogSample.last(log).orElseThrow().step()).isEqualTo(30);
    }

    @Test
    void aMillionLinesAreThinnedEvenlyWithoutReadingThemAll() throws IOException {
        Path log = dir.resolve("metrics.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int step = 1; step <= 1_000_000; step++) {
                out.write("{\"step\":" + step + ",\"discriminatorLoss\":1.25,\"generatorLoss\":0.5}\n");
            }
            out.write("{\"step\":1000001,\"discrimin"); // being written
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        List<Long> all = steps(LogSample.read(log, 1000, 0, Long.MAX_VALUE));
        List<Long> part = steps(LogSample.read(log, 100, 400_000, 410_000));
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("bytes for blocks and lines; those of all would take more than the file")
                .isLessThan(Files.size(log) / 4);
        assertThat(all).hasSizeBetween(900, 1000).isSorted().startsWith(1L).endsWith(1_000_000L);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i) - all.get(i - 1)).as("a distance").isLessThan(2500);
        }
        assertThat(part).hasSizeGreaterThan(50).isSorted();
        assertThat(part.get(0)).isBetween(400_000L, 400_200L);
        assertThat(part.get(part.size() - 1)).isBetween(409_800L, 410_000L);
    }

    @Test
    void whatIsWrittenIsToldOnceAndATornLineWhenItIsWhole() throws IOException {
        Fakes.log(dir, 1, 5);
        Path log = dir.resolve("metrics.jsonl");
        LogTail tail = new LogTail(log);
        assertThat(tail.poll().lines()).isEmpty();
        Fakes.log(dir, 6, 8);
        assertThat(steps(tail.poll().lines())).containsExactly(6L, 7L, 8L);
        append(log, "{\"step\":9,\"x\"");
        assertThat(tail.poll().lines()).isEmpty();
        append(log, ":1}\n");
        assertThat(steps(tail.poll().lines())).containsExactly(9L);
        assertThat(tail.poll()).isEqualTo(LogTail.News.NONE);
    }

    @Test
    void aLogThatIsCutBeginsAnew() {
        Fakes.log(dir, 1, 20);
        Path log = dir.resolve("metrics.jsonl");
        LogTail tail = new LogTail(log);
        MetricsLog.resume(log, 10).close();
        assertThat(tail.poll().restarted()).isTrue();
        try (MetricsLog open = MetricsLog.open(log)) {
            open.append(11, Map.of("x", 1));
        }
        assertThat(steps(tail.poll().lines())).containsExactly(11L);
    }

    @Test
    void damagedAndForeignLinesAreLeftOut() throws IOException {
        Path log = dir.resolve("metrics.jsonl");
        Files.writeString(log, "{\"step\":1}\nnonsense\n{\"step\":\"x\"}\n\n[1]\n{\"step\":2}\n");
        assertThat(steps(LogSample.read(log, 10, 0, Long.MAX_VALUE))).containsExactly(1L, 2L);
    }

    @Test
    void theLastPlaceOfATextIsFoundWhereverItIs() {
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            String text = letters(random, random.nextInt(40));
            String wanted = letters(random, 1 + random.nextInt(4));
            int start = random.nextInt(text.length() + 1);
            int end = start + random.nextInt(text.length() - start + 1);
            int found = text.substring(start, end).lastIndexOf(wanted);
            assertThat(new BackwardSearch(wanted).last(text.getBytes(StandardCharsets.UTF_8), start, end))
                    .as("%s in %s from %d to %d", wanted, text, start, end)
                    .isEqualTo(found < 0 ? -1 : start + found);
        }
    }

    private static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
