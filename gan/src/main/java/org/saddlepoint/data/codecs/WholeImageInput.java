package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of an image for its decoder, which may read a little beyond the end, but not without limit: a decoder that takes
 * zeros for what is missing was busy with a file of 46 bytes for half a minute.
 */
final class WholeImageInput extends MemoryCacheImageInputStream {
    /** Readers that read ahead reach the end about twenty times, or some hundred times if the last pixels take no bits. */
    private static final int MOST_READS_BEHIND = 4096;

    private int readsBehind;

    WholeImageInput(byte[] file) {
        super(new ByteArrayInputStream(file));
    }

    @Override
    public int read() throws IOException {
        return counted(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return counted(super.read(target, offset, length));
    }

    private int counted(int read) throws IOException {
        if (read < 0 && ++readsBehind > MOST_READS_BEHIND) {
            throw new IOException("it ends before all its pixels are told");
        }
        return read;
    }
}
