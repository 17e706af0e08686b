package org.saddlepoint.data.archives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Images;

class OtherArchiveTest {
    @TempDir
    Path folder;

    private String name(String file, byte[] content) throws IOException {
        return OtherArchive.name(Files.write(folder.resolve(file), content)).orElse("");
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void archivesAreToldByTheirFirstBytes() throws IOException {
        byte[] tar = Arrays.copyOf(latin("a.png"), 1024);
        System.arraycopy(latin("ustar"), 0, tar, 257, 5);
        assertThat(name("x.tar", tar)).isEqualTo("a tar archive");
        assertThat(name("x.tgz", Images.gzip(tar))).isEqualTo("a tar archive compressed by gzip");
        assertThat(name("x.zip", latin("Rar!\u001a\u0007\u0001"))).isEqualTo("a RAR archive");
        assertThat(name("x", latin("7z\u00bc\u00af'\u001c"))).isEqualTo("a 7z archive");
        assertThat(name("x.tar.xz", latin("\u00fd7zXZ\u0000"))).isEqualTo("a tar archive compressed by xz");
        assertThat(name("x.bz2", PackedContent.by(12, tar))).isEqualTo("a file compressed by bzip2");
        assertThat(name("x.tar.zst", PackedContent.by(93, tar))).isEqualTo("a tar archive compressed by Zstandard");
    }

    @Test
    void otherFilesAreNone() throws IOException {
        assertThat(name("idx.gz", Images.gzip(new byte[300]))).isEmpty();
        assertThat(name("a.zip", new RawZip().bytes())).isEmpty();
        assertThat(name("empty", new byte[0])).isEmpty();
        assertThat(OtherArchive.name(folder.resolve("absent"))).isEmpty();
    }
}
