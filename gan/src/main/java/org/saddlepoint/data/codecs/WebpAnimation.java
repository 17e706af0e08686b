package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The first picture of an animated WebP file (RFC 9649, 2.7.1.1), on its canvas, which is transparent elsewhere. */
final class WebpAnimation {
    private static final int FRAME_HEADER = 16;
    private static final int ALPHA_FLAG = 0x10;

    private WebpAnimation() {}

    /**
     * The canvas with the first frame in it.
     *
     * @throws IOException if it has none, or the frame is damaged or does not lie in the canvas
     */
    static WordSamples first(List<WebpChunk> chunks, PictureHeader canvas) throws IOException {
        WebpChunk frame = WebpChunk.first(chunks, "ANMF")
                .filter(chunk -> chunk.length() > FRAME_HEADER)
                .orElseThrow(() -> new IOException("an animated WebP file without its first frame"));
        int left = 2 * frame.number(0);
        int top = 2 * frame.number(3);
        int width = frame.number(6) + 1;
        int height = frame.number(9) + 1;
        if (left + width > canvas.width() || top + height > canvas.height()) {
            throw new IOException("its first frame leaves the canvas");
        }
        WordSamples decoded = Leptonica.webp(still(frame, width, height));
        if (width == canvas.width() && height == canvas.height()) {
            return decoded;
        }
        int[] words = new int[canvas.width() * canvas.height()];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int word = decoded.words()[y * decoded.wordsPerRow() + x];
                words[(top + y) * canvas.width() + left + x] = decoded.bands() == 4 ? word : word | 0xff;
            }
        }
        return new WordSamples(canvas.width(), canvas.height(), 4, canvas.width(), words);
    }

    /** A file of its own for a frame. */
    private static byte[] still(WebpChunk frame, int width, int height) {
        int body = frame.length() - FRAME_HEADER;
        ByteBuffer file = ByteBuffer.allocate(30 + body).order(ByteOrder.LITTLE_ENDIAN);
        put(file, "RIFF").putInt(22 + body);
        put(file, "WEBP");
        put(file, "VP8X").putInt(10);
        file.putInt(WebpChunk.first(frame.within(FRAME_HEADER), "ALPH").isPresent() ? ALPHA_FLAG : 0);
        file.putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
        file.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
        return file.put(frame.file(), frame.at() + FRAME_HEADER, body).array();
    }

    private static ByteBuffer put(ByteBuffer file, String name) {
        return file.put(name.getBytes(StandardCharsets.US_ASCII));
    }
}
