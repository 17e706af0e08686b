package org.saddlepoint.data.codecs;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * Reads the files of one picture format.
 *
 * <p>Implementations are stateless and may be used from many threads. Every method reports damage by an {@link IOException}
 * whose message is the reason, in a few words. Hostile files may cost no more memory or time than the largest picture that
 * {@link #mostPixels} allows.
 */
public interface PictureCodec {

    /** The format's name in messages, such as {@code PNG}. */
    String format();

    /** The largest number of pixels that a picture may have; decoding so many takes hundreds of megabytes. */
    long mostPixels();

    /** Whether a file that begins with these bytes, {@value PictureCodecs#START} of them or the whole file, has this format. */
    boolean recognises(byte[] start);

    /**
     * Reads size, colour and orientation without decoding.
     *
     * @param in a recognised file from its first byte on; left somewhere behind the header
     */
    PictureHeader header(DataInputStream in) throws IOException;

    /**
     * Reads size, colour and orientation of a whole file.
     *
     * @param file a recognised file; its orientation may be given behind the image data
     */
    default PictureHeader header(byte[] file) throws IOException {
        return header(new DataInputStream(new ByteArrayInputStream(file)));
    }

    /** Rejects files that are cut off, and headers that claim more pixels than the file can hold. */
    void check(byte[] file, PictureHeader header) throws IOException;

    /**
     * Decodes the picture as stored, not turned upright.
     *
     * @param file the whole file, checked
     * @param header what {@link #header} read of it
     * @param shortSide pixels that the picture's shorter side will be resized to. A codec that can decode at reduced size
     *     may return a picture whose {@linkplain PixelRows#reduction() reduction} leaves at least twice as many
     */
    DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException;

    /** How many pictures or frames are in a file; the first one is read. */
    default int pictures(byte[] file) {
        return 1;
    }
}
