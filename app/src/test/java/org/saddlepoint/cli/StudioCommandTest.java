package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command refuses; the pages have tests of their own. */
class StudioCommandTest {
    @TempDir
    private Path runs;

    @Test
    void aPortThatIsNoneOrTakenIsNamed() throws IOException {
        Cli.Result none = Cli.run("studio", "--port", "70000");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--port must be in [0, 65535] but was 70000");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli.Result refused = Cli.run("studio", "--runs", runs.toString(), "--port", "" + taken.getLocalPort());
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("cannot listen at 127.0.0.1", "give another --port");
        }
    }
}
