package org.saddlepoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void writesAndReplacesAFileAndMakesItsParents() throws Exception {
        Path file = folder.resolve("a/b/file.txt");
        AtomicFiles.writeString(file, "first");
        AtomicFiles.writeString(file, "zweite – 二");

        assertThat(file).hasContent("zweite – 二");
        assertThat(names(file.getParent())).containsExactly("file.txt");
    }

    @Test
    void aReaderSeesTheOldContentUntilAllIsWritten() throws Exception {
        Path file = folder.resolve("file.txt");
        AtomicFiles.writeString(file, "old");
        AtomicFiles.write(file, out -> {
            out.write("new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.flush();
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasContent("new");
    }

    @Test
    void whateverTheWriterThrowsTheOldFileStaysAndNoTemporary() throws Exception {
        Path file = folder.resolve("file.txt");
        AtomicFiles.writeString(file, "old");
        for (Exception thrown : List.of(
                new IOException("disk on fire"),
                new UncheckedIOException(new IOException("disk on fire")),
                new IllegalStateException("bug"))) {
            assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                        out.write(new byte[200_000]);
                        rethrow(thrown);
                    }))
                    .hasMessageContaining(thrown instanceof IllegalStateException ? "bug" : "file.txt: disk on fire");
            assertThat(file).hasContent("old");
            assertThat(names(folder)).containsExactly("file.txt");
        }
    }

    @Test
    void aFullDiskIsSaidInOneLine() throws Exception {
        assumeTrue(Files.exists(FULL_DEVICE), "needs /dev/full, where the system itself says that no space is left");
        Path target = folder.resolve("000500");
        AtomicFiles.writeDirectory(target, directory -> Files.writeString(directory.resolve("state.json"), "old"));

        assertThatThrownBy(() -> AtomicFiles.writeDirectory(target, directory -> {
                    Files.writeString(directory.resolve("state.json"), "new");
                    try (FileOutputStream full = new FileOutputStream(FULL_DEVICE.toFile())) {
                        full.write(1);
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write " + target + ": No space left on device");
        assertThat(target.resolve("state.json")).hasContent("old");
        assertThat(names(folder)).containsExactly("000500");
    }

    @Test
    void aFolderAppearsWholeAndReplacesAnOlderOneWithAllInIt() throws Exception {
        Path target = folder.resolve("checkpoint");
        AtomicFiles.writeDirectory(target, directory -> {
            Files.createDirectory(directory.resolve("deep"));
            Files.writeString(directory.resolve("deep/old.bin"), "old");
        });
        AtomicFiles.writeDirectory(target, directory -> {
            assertThat(names(directory)).isEmpty();
            Files.writeString(directory.resolve("new.bin"), "new");
            assertThat(target.resolve("deep/old.bin")).hasContent("old");
        });

        assertThat(names(target)).containsExactly("new.bin");
        assertThat(names(folder)).containsExactly("checkpoint");
    }

    @Test
    void fileAndFolderDoNotReplaceEachOther() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Path directory = Files.createDirectory(folder.resolve("directory"));

        assertThatThrownBy(() -> AtomicFiles.writeDirectory(file, each -> {}))
                .hasMessage("cannot write " + file + ": a file is in the way");
        assertThatThrownBy(() -> AtomicFiles.writeString(directory, "text"))
                .hasMessage("cannot write " + directory + ": a folder is in the way");
        assertThatThrownBy(() -> AtomicFiles.writeString(file.resolve("below"), "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write " + file.resolve("below"))
                .hasMessageNotContaining("\n");
        assertThat(file).hasContent("precious");
        assertThat(names(folder)).containsExactly("directory", "file");
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() throws Exception {
        Path file = folder.resolve("file.txt");
        Path directory = folder.resolve("directory");
        Thread.currentThread().interrupt();
        try {
            AtomicFiles.write(file, out -> {
                Thread.currentThread().interrupt(); // again, in the midst
                out.write('x');
            });
            AtomicFiles.writeDirectory(directory, each -> {
                Files.writeString(each.resolve("a"), "a");
                Thread.currentThread().interrupt();
            });
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(file).hasContent("x");
        assertThat(directory.resolve("a")).hasContent("a");
        assertThat(names(folder)).containsExactly("directory", "file.txt");
    }

    @Test
    void newFilesHaveTheUsualPermissions() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs POSIX permissions");
        Path usual = Files.createFile(folder.resolve("usual"));
        Path atomic = folder.resolve("atomic");
        AtomicFiles.writeString(atomic, "text");

        assertThat(Files.getPosixFilePermissions(atomic)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void recoveryClearsLeftoversAndPutsBackWhatWasNotReplaced() throws Exception {
        Files.createDirectories(folder.resolve(".000100.0123456789abcdef.tmp/deep"));
        Files.createDirectory(folder.resolve(".000200.0123456789abcdef.old"));
        Files.writeString(folder.resolve(".000200.0123456789abcdef.old/state.json"), "old");
        Files.createDirectory(folder.resolve("000300"));
        Files.createDirectory(folder.resolve(".000300.0123456789abcdef.old"));
        Files.writeString(folder.resolve(".hidden.tmp"), "not ours");

        Siblings.recover(folder);

        assertThat(names(folder)).containsExactly(".hidden.tmp", "000200", "000300");
        assertThat(folder.resolve("000200/state.json")).hasContent("old");
    }

    @Test
    void deletingRemovesATreeAndAllowsNothing() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/deep")).getParent();
        Files.writeString(tree.resolve("deep/file"), "x");
        AtomicFiles.delete(tree);
        AtomicFiles.delete(tree);

        assertThat(names(folder)).isEmpty();
    }

    private static void rethrow(Exception exception) throws IOException {
        if (exception instanceof IOException io) {
            throw io;
        }
        throw (RuntimeException) exception;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
