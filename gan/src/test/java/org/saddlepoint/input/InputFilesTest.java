package org.saddlepoint.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.testing.Pipes;

class InputFilesTest {
    @TempDir
    private Path folder;

    @Test
    void readsFilesUpToTheirLimit() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "né");
        assertThat(InputFiles.text(file, 3)).isEqualTo("né");
        assertThat(InputFiles.size(file)).isEqualTo(3);
        assertThatThrownBy(() -> InputFiles.text(file, 2)).hasMessage("it has 3 bytes, more than the limit of 2");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        try (InputStream in = InputFiles.open(link)) {
            assertThat(in.readAllBytes()).isEqualTo("né".getBytes(StandardCharsets.UTF_8));
        }
        Path latin = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe9});
        assertThatThrownBy(() -> InputFiles.text(latin, 3)).isInstanceOf(CharacterCodingException.class);
        assertThatThrownBy(() -> InputFiles.open(folder.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
    }

    /** A pipe would keep its reader waiting for ever. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void opensNoFoldersPipesAndDevices() throws IOException {
        assertThatThrownBy(() -> InputFiles.open(folder)).hasMessage("it is a folder and no regular file");
        assertThatThrownBy(() -> InputFiles.bytes(Pipes.make(folder.resolve("pipe")), 10))
                .hasMessage("it is a device or a pipe and no regular file");
        assertThatThrownBy(() -> InputFiles.open(Path.of("/dev/zero")))
                .hasMessage("it is a device or a pipe and no regular file");
    }

    @Test
    void messagesAreOneLineOfBoundedLength() {
        assertThat(OneLine.of("a b; c")).isEqualTo("a b; c");
        assertThat(OneLine.of("a\r\nb\u001b[2Jc\u0000\u2028d\u009be")).isEqualTo("a b [2Jc d e");
        String cut = OneLine.of("x".repeat(5000) + "; do this");
        assertThat(cut)
                .hasSize(OneLine.LONGEST)
                .startsWith("xxx")
                .contains("x … x")
                .endsWith("; do this");
        assertThat(OneLine.of("x".repeat(OneLine.LONGEST)))
                .hasSize(OneLine.LONGEST)
                .doesNotContain("…");
    }
}
