package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The picture formats that can be read. */
public final class PictureCodecs {
    /** Number of bytes at the beginning of a file that tell its format. */
    public static final int START = 256;

    private static final List<PictureCodec> ALL = List.of(
            new PngCodec(),
            new JpegCodec(),
            new WebpCodec(),
            new GifCodec(),
            new BmpCodec(),
            new TiffCodec(),
            new PnmCodec());

    /** The names of the formats that are read, such as {@code PNG, JPEG or WebP}. */
    public static final String FORMATS = formats();

    private PictureCodecs() {}

    /** The codec of a file that begins with these bytes; empty if its format is not read. */
    public static Optional<PictureCodec> of(byte[] start) {
        return ALL.stream().filter(codec -> codec.recognises(start)).findFirst();
    }

    private static String formats() {
        List<String> names = ALL.stream().map(PictureCodec::format).toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    /** The format of a file that begins with these bytes, {@link #START} of them or all, where it is known but not read. */
    public static Optional<UnreadFormat> unread(byte[] start) {
        return of(start).isPresent() ? Optional.empty() : UnreadFormats.of(start);
    }

    /** The format of a file of this name where no bytes tell it, and it is not read. */
    public static Optional<UnreadFormat> unread(String name) {
        return UnreadFormats.ofName(name);
    }

    /**
     * Reads the header of a picture from the first byte of a file on. Leaves the stream somewhere behind the header.
     *
     * @throws IOException when it is no picture that can be read; the message is the reason, in a few words
     */
    public static PictureHeader header(InputStream stream) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(stream, START);
        byte[] start = whole.readNBytes(START);
        whole.unread(start);
        return header(start, codec -> codec.header(new DataInputStream(whole)));
    }

    /**
     * Reads the header of a whole file, to its end if need be.
     *
     * @throws IOException when it is no picture that can be read; the message is the reason, in a few words
     */
    public static PictureHeader header(byte[] file) throws IOException {
        return header(Arrays.copyOf(file, Math.min(START, file.length)), codec -> codec.header(file));
    }

    @FunctionalInterface
    private interface Reading {
        PictureHeader by(PictureCodec codec) throws IOException;
    }

    private static PictureHeader header(byte[] start, Reading reading) throws IOException {
        if (start.length == 0) {
            throw new IOException("the file is empty");
        }
        PictureCodec codec = of(start).orElseThrow(() -> new IOException(whatElse(start)));
        try {
            return reading.by(codec).checked();
        } catch (EOFException e) {
            throw new IOException("the file is cut off within its header", e);
        }
    }

    private static String whatElse(byte[] start) {
        return unread(start)
                .map(UnreadFormat::reason)
                .orElse("no " + FORMATS + " image; it begins with \"" + printable(start) + "\"");
    }

    private static String printable(byte[] start) {
        String latin = new String(start, 0, Math.min(12, start.length), StandardCharsets.ISO_8859_1);
        return latin.replaceAll("[^ -~]", ".").replace('"', '.');
    }
}
