package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.ImagesInMemory;
import org.saddlepoint.export.DatasetZip;

/** Whatever call to the disk fails, the last good checkpoint stays, and nothing torn appears. */
class DiskFaultsTest {
    @TempDir
    private Path temp;

    @AfterEach
    void mend() {
        Disk.faults = Faults.NONE;
    }

    /** Fails the n-th call: forcing, renaming, or writing, of which half comes through. */
    private static final class FailNth implements Faults {
        private final int nth;
        private int calls;

        FailNth(int nth) {
            this.nth = nth;
        }

        private boolean fails() {
            return calls++ == nth;
        }

        @Override
        public int room(Path file, int count) {
            return fails() ? count / 2 : count;
        }

        @Override
        public void force(Path path) throws IOException {
            if (fails()) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            if (fails()) {
                throw new IOException("Input/output error");
            }
        }

        boolean reached() {
            return calls > nth;
        }
    }

    @Test
    void aNewCheckpointIsThereWholeOrNotAtAllWhicheverCallFails() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        run.writeCheckpoint(100, directory -> fill(directory, "first"));
        for (int nth = 0; ; nth++) {
            FailNth faults = new FailNth(nth);
            Disk.faults = faults;
            boolean written = write(run, 200, "second");
            Disk.faults = Faults.NONE;
            if (!faults.reached()) {
                assertThat(written).isTrue();
                assertThat(nth).as("calls that were made to fail").isGreaterThan(10);
                return;
            }
            assertThat(CheckpointSearch.of(run).damaged()).as("call %d", nth).isEmpty();
            assertThat(CheckpointSearch.of(run).newest().orElseThrow().step())
                    .as("call %d", nth)
                    .isEqualTo(written ? 200 : 100);
            assertThat(hidden(run.path().resolve("checkpoints")))
                    .as("call %d", nth)
                    .isEmpty();
            AtomicFiles.delete(run.checkpointFolder(200));
        }
    }

    @Test
    void areplacedCheckpointIsTheOldOrTheNewOneWhicheverCallFails() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("run"));
        for (int nth = 0; ; nth++) {
            run.writeCheckpoint(100, directory -> fill(directory, "first"));
            FailNth faults = new FailNth(nth);
            Disk.faults = faults;
            boolean written = write(run, 100, "second");
            Disk.faults = Faults.NONE;
            run.removeLeftovers();
            assertThat(CheckpointSearch.of(run).damaged()).as("call %d", nth).isEmpty();
            assertThat(run.checkpointFolder(100).resolve("generator.safetensors"))
                    .as("call %d", nth)
                    .hasContent(written ? "second" : "first");
            if (!faults.reached()) {
                return;
            }
        }
    }

    @Test
    void aZipOfPicturesThatDoesNotFitLeavesTheOldOne() throws IOException {
        Path zip = Files.writeString(temp.resolve("out.zip"), "old");
        try (Dataset data =
                ImagesInMemory.of("one", List.of(Images.filled(64, 64, Color.RED)), ImageFormat.AS_STORED)) {
            Disk.faults = new Faults() {
                @Override
                public int room(Path path, int count) {
                    return Math.min(1000, count);
                }
            };
            assertThatThrownBy(() -> new DatasetZip(data, List.of(0)).write(zip, done -> {}))
                    .isInstanceOf(RunException.class)
                    .hasMessage("cannot write " + zip + ": No space left on device");
            Disk.faults = Faults.NONE;
            assertThat(zip).hasContent("old");
            assertThat(hidden(temp)).isEmpty();
            new DatasetZip(data, List.of(0)).write(zip, done -> {});
            assertThat(Files.size(zip)).isGreaterThan(64 * 64 * 3);
        }
    }

    @Test
    void rowsThatDoNotFitAreTakenBackAndCanBeAppendedAgain() throws IOException {
        Path file = temp.resolve("metrics.jsonl");
        List<MetricsRow> rows = List.of(new MetricsRow(2, Map.of("a", 1.5)), new MetricsRow(2, Map.of("b", 2.5)));
        try (MetricsLog log = MetricsLog.open(file)) {
            log.append(1, Map.of("a", 0.5));
            String before = Files.readString(file);
            for (int fits = 0; fits < 36; fits++) {
                int room = fits;
                Disk.faults = new Faults() {
                    @Override
                    public int room(Path path, int count) {
                        return Math.min(room, count);
                    }
                };
                assertThatThrownBy(() -> log.append(rows))
                        .isInstanceOf(RunException.class)
                        .hasMessage("cannot write " + file + ": No space left on device");
                assertThat(file).as("%d bytes fit", fits).hasContent(before);
            }
            Disk.faults = Faults.NONE;
            log.append(rows);
            log.append(3, Map.of("a", 3.5));
        }
        assertThat(MetricsLog.read(file)).extracting(MetricsRow::step).containsExactly(1L, 2L, 2L, 3L);
        assertThat(Files.readString(file))
                .isEqualTo(
                        "{\"step\":1,\"a\":0.5}\n{\"step\":2,\"a\":1.5}\n{\"step\":2,\"b\":2.5}\n{\"step\":3,\"a\":3.5}\n");
    }

    @Test
    void aLogGoesBackAndOn() {
        Path file = temp.resolve("metrics.jsonl");
        try (MetricsLog log = MetricsLog.open(file)) {
            for (long step = 1; step <= 4; step++) {
                log.append(step, Map.of("a", step));
            }
            log.goBack(2);
            assertThat(MetricsLog.read(file)).extracting(MetricsRow::step).containsExactly(1L, 2L);
            log.append(3, Map.of("a", 30));
        }
        assertThat(MetricsLog.read(file)).extracting(MetricsRow::step).containsExactly(1L, 2L, 3L);
        assertThat(MetricsLog.read(file).get(2).number("a")).hasValue(30);
    }

    private static boolean write(RunFolder run, long step, String weights) {
        try {
            run.writeCheckpoint(step, directory -> fill(directory, weights));
            return true;
        } catch (RunException e) {
            assertThat(e.getMessage()).startsWith("cannot write ").doesNotContain("\n");
            return false;
        }
    }

    private static void fill(Path directory, String weights) throws IOException {
        AtomicFiles.writeString(directory.resolve("generator.safetensors"), weights);
        Seal.write(directory, Map.of("format", 2));
    }

    private static List<String> hidden(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }
}
