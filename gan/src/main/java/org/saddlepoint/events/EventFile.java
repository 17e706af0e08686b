package org.saddlepoint.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of events that is only added to: a TFRecord file. A record is
 *
 * <pre>
 *   length  uint64, little-endian
 *   masked CRC32C of the length, uint32
 *   the message
 *   masked CRC32C of the message, uint32
 * </pre>
 *
 * <p>with mask(c) = (c >>> 15 | c << 17) + 0xa282ead8. One thread writes, any number of processes may read meanwhile.
 */
final class EventFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);
    private static final int MASK = 0xa282ead8;

    private final Path file;
    private final RandomAccessFile out;
    private long length;

    /**
     * Begins a file, whose folder is there.
     *
     * @throws RunException if it cannot be made
     */
    EventFile(Path file) {
        this.file = file;
        try {
            this.out = new RandomAccessFile(file.toFile(), "rw");
            this.length = out.length();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Adds all events or none.
     *
     * @throws RunException if they cannot be written; they may be added again
     */
    void add(List<Event> events) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        events.forEach(event -> records.writeBytes(record(event.bytes())));
        try {
            out.seek(length);
            out.write(records.toByteArray());
            length += records.size();
        } catch (IOException e) {
            takeBack();
            throw failure(e);
        }
    }

    private void takeBack() {
        try {
            out.setLength(length);
        } catch (IOException e) {
            LOG.debug("could not take back a torn record of {}; the next one is written over it", file, e);
        }
    }

    static byte[] record(byte[] message) {
        byte[] size = ProtoMessage.little(Long.BYTES).putLong(message.length).array();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(size);
        record.writeBytes(uint32(masked(size)));
        record.writeBytes(message);
        record.writeBytes(uint32(masked(message)));
        return record.toByteArray();
    }

    private static byte[] uint32(int value) {
        return ProtoMessage.little(Integer.BYTES).putInt(value).array();
    }

    private static int masked(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    }

    /** @throws RunException if what was added cannot be forced to the disk */
    @Override
    public void close() {
        try (RandomAccessFile open = out) {
            if (open.getFD().valid()) {
                open.getFD().sync();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RunException failure(IOException cause) {
        return new RunException("cannot write " + file + ": " + IoReasons.of(cause), cause);
    }
}
