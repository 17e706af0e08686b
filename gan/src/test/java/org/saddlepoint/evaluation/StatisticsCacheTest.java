package org.saddlepoint.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.metrics.FeatureStatistics;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class StatisticsCacheTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private Path keep(StatisticsCache cache, String key) throws IOException {
        cache.keep(key, new FeatureStatistics(2).add(new double[] {0, 0, 1, 1, 2, 0}));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatWasKeptIsFoundBitForBitUnderItsKeyAlone() throws IOException {
        StatisticsCache cache = StatisticsCache.in(folder, notes::add);
        keep(cache, "a");
        FeatureStatistics found = cache.find("a").orElseThrow();
        assertThat(found.count()).isEqualTo(3);
        assertThat(found.covariance())
                .isEqualTo(new FeatureStatistics(2)
                        .add(new double[] {0, 0, 1, 1, 2, 0})
                        .covariance());
        assertThat(cache.find("b")).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void damageIsToldOfAndNeverUsed() throws IOException {
        StatisticsCache cache = StatisticsCache.in(folder, notes::add);
        Path file = keep(cache, "a");
        byte[] whole = Files.readAllBytes(file);
        byte[] flipped = whole.clone();
        flipped[flipped.length - 200] ^= 1;
        for (byte[] damaged : List.of(flipped, java.util.Arrays.copyOf(whole, whole.length - 9), new byte[0])) {
            notes.clear();
            Files.write(file, damaged);
            assertThat(cache.find("a")).isEmpty();
            assertThat(notes).singleElement().asString().contains(file.toString(), "made anew");
        }
    }

    @Test
    void aFileOfAnotherKeyIsToldOfAndNeverUsed() throws IOException {
        StatisticsCache cache = StatisticsCache.in(folder, notes::add);
        Path a = keep(cache, "a");
        byte[] content = Files.readAllBytes(a);
        Files.delete(a);
        Path b = keep(cache, "b");
        Files.write(b, content);
        assertThat(cache.find("b")).isEmpty();
        assertThat(notes).singleElement().asString().contains("of other data or another extractor");
    }

    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StatisticsCache cache = StatisticsCache.in(file.resolve("below"), notes::add);
        cache.keep("a", new FeatureStatistics(1).add(new double[] {1, 2}));
        cache.keep("b", new FeatureStatistics(1).add(new double[] {1, 2}));
        assertThat(notes).as("once").singleElement().asString().contains("are not cached");
        assertThat(cache.find("a")).isEmpty();
    }
}
