package org.saddlepoint.data.formats;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;

/**
 * An array of unsigned bytes in the IDX format of MNIST (LeCun, Cortes and Burges), plain or gzipped: four bytes
 * {@code 0, 0, 8, axes}, the big-endian length of each axis, then the bytes, last axis fastest.
 */
final class IdxFile {
    /** The bytes of a file take at most this part of the heap, since the heap holds them more than once for a while. */
    private static final int HEAP_SHARE = 4;

    private static final int BUFFER = 1 << 16;
    private static final int UNSIGNED_BYTES = 0x0800;

    private final int[] lengths;
    private final byte[] bytes;

    private IdxFile(int[] lengths, byte[] bytes) {
        this.lengths = lengths;
        this.bytes = bytes;
    }

    int length(int axis) {
        return lengths[axis];
    }

    byte[] bytes() {
        return bytes;
    }

    /** @throws DataException when {@code file} is missing, damaged or has another number of axes */
    static IdxFile read(Path file, int axes) {
        try (InputStream in = InputFiles.open(file)) {
            return read(in, axes, file.toString());
        } catch (NoSuchFileException e) {
            throw new NoSuchDataException(
                    "the IDX file " + file + " does not exist; check the path, relative to "
                            + Path.of("").toAbsolutePath(),
                    e);
        } catch (IOException e) {
            throw new DataException("the IDX file " + file + " cannot be read: " + IoReasons.of(e), e);
        }
    }

    /** @param title what messages call the file */
    static IdxFile read(InputStream raw, int axes, String title) throws IOException {
        InputStream in = new BufferedInputStream(raw, BUFFER);
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        boolean gzip = magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        if (!gzip) {
            return parse(in, axes, title);
        }
        try {
            return parse(new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER), axes, title);
        } catch (IOException e) {
            throw new DataException(
                    title + " is a gzip file that is cut off or damaged (" + IoReasons.of(e) + "); get it again", e);
        }
    }

    private static IdxFile parse(InputStream stream, int axes, String title) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] magic = in.readNBytes(4);
        if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
            throw new DataException(title + " is no IDX file: it begins with "
                    + (magic.length == 0
                            ? "nothing"
                            : HexFormat.ofDelimiter(" ").formatHex(magic)) + "; expected "
                    + HexFormat.ofDelimiter(" ").formatHex(new byte[] {0, 0, 8, (byte) axes})
                    + ", plain or gzipped; give the path of such a file");
        }
        int kind = ((magic[2] & 0xff) << 8) | (magic[3] & 0xff);
        if (kind != UNSIGNED_BYTES + axes) {
            throw new DataException(title + " is an IDX file of type " + magic[2] + " with " + magic[3]
                    + " axes; expected type 8 (unsigned bytes) with " + axes + (axes == 1 ? " axis" : " axes")
                    + "; images have three axes, labels have one");
        }
        int[] lengths = new int[axes];
        long count = 1;
        try {
            for (int i = 0; i < axes; i++) {
                lengths[i] = in.readInt();
                count = lengths[i] < 0 ? Long.MAX_VALUE : Math.multiplyExact(count, (long) lengths[i]);
            }
        } catch (EOFException e) {
            throw new DataException(title + " is cut off within its header; get it again", e);
        } catch (ArithmeticException e) {
            count = Long.MAX_VALUE;
        }
        String announced = Arrays.stream(lengths).mapToObj(String::valueOf).collect(Collectors.joining("x"));
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        if (count == 0 || count > most) {
            throw new DataException(
                    title + " announces " + announced + " bytes; expected at least one and at most " + most
                            + ", a quarter of Java's heap and less than 2 GiB; get it again, divide it, or give more memory"
                            + " with -Xmx");
        }
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw new DataException(title + " is cut off: its header announces " + announced + " = " + count
                    + " bytes but only " + bytes.length + " follow; get it again");
        }
        if (in.read() >= 0) {
            throw new DataException(title + " is longer than the " + announced + " = " + count
                    + " bytes that its header announces; get it again");
        }
        return new IdxFile(lengths, bytes);
    }
}
