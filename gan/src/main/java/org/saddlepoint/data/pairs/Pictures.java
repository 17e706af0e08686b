package org.saddlepoint.data.pairs;

import java.io.IOException;
import java.util.List;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.data.SkippedLog;
import org.saddlepoint.data.images.ImageCache;
import org.saddlepoint.data.images.PictureSet;
import org.saddlepoint.data.images.PictureView;

/** Decoded pictures in the sizes of a {@link PairFormat}; those of its larger size are kept while they fit into memory. */
final class Pictures {

    /** Where the samples come from. */
    interface Source {
        /** All planes of {@code size × size} samples of example {@code index}. */
        byte[] decode(int index, int size) throws DamagedFileException;
    }

    /** One of the files of an example does not decode. */
    static final class DamagedFileException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Skipped skipped;

        DamagedFileException(Skipped skipped, IOException cause) {
            super(skipped.toString(), cause);
            this.skipped = skipped;
        }
    }

    private final Source source;
    private final PairFormat format;
    private final SkippedLog skipped;
    private final ImageCache cache;

    Pictures(String name, int count, List<Skipped> atOpening, PairFormat format, long cacheBytes, Source source) {
        this.source = source;
        this.format = format;
        this.skipped = new SkippedLog(name, atOpening);
        this.cache = new ImageCache(count, cacheBytes);
    }

    /** Cuts the crop out of example {@code index} in its larger size, and writes it in [-1, 1]. */
    void read(int index, Crop crop, float[] target, int offset) throws DamagedExampleException {
        byte[] planes = cache.get(index);
        if (planes == null) {
            planes = decode(index, format.load());
            cache.offer(index, planes);
        }
        crop.write(planes, format.load(), target, offset);
    }

    /** Writes the whole of example {@code index}, made as large as a crop, in [-1, 1]. */
    void read(int index, float[] target, int offset) throws DamagedExampleException {
        Crop whole = Crop.none(format.crop());
        if (format.load() == format.crop()) {
            read(index, whole, target, offset);
        } else {
            whole.write(decode(index, format.crop()), format.crop(), target, offset);
        }
    }

    private byte[] decode(int index, int size) throws DamagedExampleException {
        skipped.check(index);
        try {
            return source.decode(index, size);
        } catch (DamagedFileException e) {
            throw skipped.damaged(index, e.skipped);
        }
    }

    List<Skipped> skipped() {
        return skipped.list();
    }

    /** Decodes a picture of this side; the exception names what is damaged. */
    static byte[] decode(PictureSet side, int index, List<PictureView> views, int size) throws DamagedFileException {
        try {
            return side.decode(index, views, size);
        } catch (IOException e) {
            throw new DamagedFileException(side.damaged(index, e), e);
        }
    }
}
