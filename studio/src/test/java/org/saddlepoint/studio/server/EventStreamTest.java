package org.saddlepoint.studio.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final Connection connection = new Connection();
    private boolean aborted;
    private final EventStream stream = new EventStream(connection, () -> aborted = true);

    /** A connection that takes as much as the test says. */
    private static final class Connection extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int room;

        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {
            taken.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            room--;
            taken.write(bytes, from, length);
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private void takes(int messages) {
        connection.room = messages;
        stream.onWritePossible();
    }

    @Test
    void eventsArriveInOrderOnceTheConnectionTakesThem() {
        stream.send("a", "1");
        stream.send("b", "2");
        assertThat(connection.text()).isEmpty();
        takes(1);
        assertThat(connection.text()).isEqualTo("event: a\ndata: 1\n\n");
        takes(5);
        stream.send("c", "3");
        assertThat(connection.text()).isEqualTo("event: a\ndata: 1\n\nevent: b\ndata: 2\n\nevent: c\ndata: 3\n\n");
    }

    @Test
    void ofPicturesOfNowOnlyTheNewestWaits() {
        for (int i = 0; i < 10_000; i++) {
            stream.sendNewest("frame", "\"" + i + "\"");
        }
        takes(9);
        assertThat(connection.text()).isEqualTo("event: frame\ndata: \"9999\"\n\n");
        assertThat(aborted).isFalse();
    }

    @Test
    void aReaderThatFallsTooFarBehindIsDropped() {
        String kilobyte = "\"" + "x".repeat(1022) + "\"";
        for (int i = 0; i < EventStream.MOST_WAITING / 1024 - 16; i++) {
            stream.send("row", kilobyte);
        }
        assertThat(aborted).isFalse();
        for (int i = 0; i < 32; i++) {
            stream.send("row", kilobyte);
        }
        assertThat(aborted).isTrue();
        assertThat(stream.ended()).isDone();
        takes(9);
        assertThat(connection.text()).as("nothing is sent any more").isEmpty();
    }
}
