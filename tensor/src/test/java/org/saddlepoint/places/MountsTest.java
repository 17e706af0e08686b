package org.saddlepoint.places;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
    private static final List<String> TABLE = List.of(
            "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
            "30 22 0:25 / /tmp rw,nosuid,noexec,relatime shared:5 - tmpfs tmpfs rw,size=1024k",
            "31 30 0:26 / /tmp/run\\040here rw,nosuid - tmpfs tmpfs rw",
            "32 22 0:27 / /over rw,noexec - tmpfs tmpfs rw",
            "33 32 0:28 / /over rw - tmpfs tmpfs rw",
            "not a line of such a table");

    @Test
    void theInnermostMountCounts() {
        assertThat(Mounts.forbidPrograms(Path.of("/tmp/a/b"), TABLE)).isTrue();
        assertThat(Mounts.forbidPrograms(Path.of("/tmp/run here/a"), TABLE)).isFalse();
        assertThat(Mounts.forbidPrograms(Path.of("/tmpother"), TABLE)).isFalse();
        assertThat(Mounts.forbidPrograms(Path.of("/over/a"), TABLE)).isFalse();
        assertThat(Mounts.forbidPrograms(Path.of("/home"), TABLE)).isFalse();
        assertThat(Mounts.forbidPrograms(Path.of("/home"), List.of())).isFalse();
    }

    @Test
    void theSystemsTableIsReadForFoldersThatAreNotThereYet(@TempDir Path folder) {
        assertThat(Mounts.forbidPrograms(folder.resolve("not/yet"))).isEqualTo(Mounts.forbidPrograms(folder));
    }
}
