package org.saddlepoint.plot;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.zip.CRC32;

/**
 * Animations as APNG (PNG third edition, W3C 2025, sections 4.9 and 11.3.6), which loop for ever. Programs that know PNG alone
 * show the first picture.
 *
 * <p>Each picture is encoded as a PNG of its own. The header of the first is that of the file, acTL and fcTL chunks say how
 * pictures follow one another, and IDAT chunks of all but the first become fdAT chunks.
 */
final class AnimatedPng {
    private static final int SIGNATURE = 8;
    private static final int AROUND = 12; // length, name and checksum of a chunk
    private static final int NAME = 4;
    private static final int HEADER = SIGNATURE + AROUND + 13;

    private AnimatedPng() {}

    /**
     * Writes an animation; asks for one frame after another, so that memory holds one of them.
     *
     * @param count how many frames
     */
    static void write(int count, IntFunction<Frame> frames, OutputStream target) throws IOException {
        DataOutputStream out = new DataOutputStream(target);
        int sequence = 0;
        for (int i = 0; i < count; i++) {
            Frame frame = frames.apply(i);
            byte[] png = Png.bytes(frame.picture());
            if (i == 0) {
                out.write(png, 0, HEADER);
                // Number of frames, and of repetitions: 0 is without end.
                chunk(out, "acTL", ByteBuffer.allocate(8).putInt(count).putInt(0));
            }
            chunk(out, "fcTL", control(frame, sequence++));
            for (int at = SIGNATURE; at < png.length; ) {
                ByteBuffer chunk = ByteBuffer.wrap(png, at, png.length - at);
                int length = chunk.getInt();
                String name = new String(png, at + NAME, NAME, StandardCharsets.US_ASCII);
                byte[] data = Arrays.copyOfRange(png, at + 2 * NAME, at + 2 * NAME + length);
                if (name.equals("IDAT") && i == 0) {
                    chunk(out, name, ByteBuffer.wrap(data).position(length));
                } else if (name.equals("IDAT")) {
                    chunk(
                            out,
                            "fdAT",
                            ByteBuffer.allocate(4 + length).putInt(sequence++).put(data));
                }
                at += AROUND + length;
            }
        }
        chunk(out, "IEND", ByteBuffer.allocate(0));
        out.flush();
    }

    /** Where, how long and how: the whole picture replaces what is there. */
    private static ByteBuffer control(Frame frame, int sequence) {
        return ByteBuffer.allocate(26)
                .putInt(sequence)
                .putInt(frame.picture().getWidth())
                .putInt(frame.picture().getHeight())
                .putInt(0)
                .putInt(0)
                .putShort((short) frame.milliseconds())
                .putShort((short) 1000)
                .put((byte) 0)
                .put((byte) 0);
    }

    /** @param data filled up to its position */
    private static void chunk(DataOutputStream out, String name, ByteBuffer data) throws IOException {
        ByteArrayOutputStream checked = new ByteArrayOutputStream();
        checked.write(name.getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = new byte[data.flip().remaining()];
        data.get(bytes);
        checked.write(bytes);
        CRC32 checksum = new CRC32();
        checksum.update(checked.toByteArray());
        out.writeInt(bytes.length);
        checked.writeTo(out);
        out.writeInt((int) checksum.getValue());
    }
}
