package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.run.RunFolder;

/** Lists of the files that runs learned from, as long as they may be and longer. */
class LearntFilesTest {
    private static final DataFile FILE = new DataFile("a.png", 1, 2, 3, 4, "a");

    @TempDir
    private Path temp;

    private RunFolder folder;

    @BeforeEach
    void create() {
        folder = RunFolder.create(temp.resolve("run"));
    }

    @Test
    void noMoreThanTheLimitIsWrittenOrRead() throws IOException {
        LearntFiles.write(folder, Collections.nCopies(LearntFiles.MOST + 1, FILE));
        assertThat(folder.dataFilesFile()).doesNotExist();
        LearntFiles.write(folder, Collections.nCopies(LearntFiles.MOST, FILE));
        assertThat(LearntFiles.read(folder))
                .hasValueSatisfying(
                        read -> assertThat(read).hasSize(LearntFiles.MOST).startsWith(FILE, FILE));
        byte[] line = "{\"name\":\"a\",\"bytes\":1,\"checksum\":1,\"width\":1,\"height\":1,\"label\":\"\"}\n"
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.dataFilesFile()))) {
            for (int i = 0; i <= LearntFiles.MOST; i++) {
                out.write(line);
            }
        }
        assertThat(LearntFiles.read(folder)).isEmpty();
    }

    @Test
    void whatUnpacksWithoutEndIsNotRead() throws IOException {
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.dataFilesFile()))) {
            for (int i = 0; i < 300; i++) {
                out.write(blanks);
            }
            out.write("{\"name\":\"a\",\"bytes\":1,\"checksum\":1,\"width\":1,\"height\":1,\"label\":\"\"}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(LearntFiles.read(folder)).isEmpty();
        LearntFiles.write(folder, List.of(FILE));
        assertThat(LearntFiles.read(folder)).hasValue(List.of(FILE));
    }
}
