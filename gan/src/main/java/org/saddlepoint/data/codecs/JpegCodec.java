package org.saddlepoint.data.codecs;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JPEG (ITU-T T.81) with 8 bits a sample: baseline, progressive, or arithmetic-coded; grey, colour or four inks. */
final class JpegCodec implements PictureCodec {
    /** More scans are refused: progressive images have about ten, and each is another pass over all pixels. */
    private static final int MOST_SCANS = 100;

    /** A block of 64 pixels takes at least a bit, and where other planes are coarser, sixteen blocks as one. */
    private static final int MOST_PIXELS_A_BYTE = 1 << 13;

    /**
     * Pixels that a reduced picture keeps, along each axis, for each that is wanted: with 4 the result is off by 0.3 grey
     * levels on average, with the 2 of Pillow's thumbnails by 0.8.
     */
    private static final int LEAST_LEFT = 4;

    @Override
    public String format() {
        return "JPEG";
    }

    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith("\u00ff\u00d8\u00ff");
    }

    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        return JpegHeader.read(this, in);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        int scan = firstScan(file);
        if (scan < 0 || !hasEndOfImage(file, scan)) {
            throw new IOException("the JPEG image is cut off or damaged; it has " + file.length + " bytes");
        }
        long least = (long) header.width() * header.height() / MOST_PIXELS_A_BYTE;
        if (file.length < least) {
            throw new IOException("the JPEG image claims " + header.width() + "x" + header.height()
                    + " pixels, which take at least " + least + " bytes, but has " + file.length);
        }
        if (scans(file, scan) > MOST_SCANS) {
            throw new IOException("the JPEG image has more than " + MOST_SCANS + " scans");
        }
    }

    /** Where the first scan begins; -1 if the file ends before it. */
    private static int firstScan(byte[] file) {
        try {
            List<JpegSegment> segments = JpegSegment.of(file);
            return segments.get(segments.size() - 1).at() - 4;
        } catch (IOException e) {
            return -1;
        }
    }

    private static boolean hasEndOfImage(byte[] file, int from) {
        for (int i = file.length - 1; i > from; i--) {
            if (file[i] == (byte) JpegSegment.END && file[i - 1] == (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    /** How many scans begin in a file from {@code from} on. */
    private static int scans(byte[] file, int from) {
        int scans = 0;
        for (int i = from + 1; i < file.length; i++) {
            scans += file[i] == (byte) JpegSegment.SCAN && file[i - 1] == (byte) 0xff ? 1 : 0;
        }
        return scans;
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        List<JpegSegment> segments = JpegSegment.of(file);
        JpegColours said = JpegColours.of(segments);
        int reduction = reduction(header.shortSide(), shortSide);
        if (said.components() == 4) {
            Raster inks = ImageIoReading.raster(withoutApplications(file, segments), header);
            return channels -> {
                StoredRows reduced = MeanRows.of(new RasterSamples(inks), reduction);
                return new ColourRows(reduced, said.inks(), header, reduction, channels);
            };
        }
        WordSamples samples = Leptonica.jpeg(file, reduction);
        requireSize(samples, header, reduction);
        Colours colours = said.profile()
                .map(profile -> ProfileColours.of(profile, samples.bands(), 8))
                .orElseGet(() -> SampleColours.ofBytes(samples.bands()));
        return channels -> new ColourRows(samples, colours, header, reduction, channels);
    }

    /** The decoder can halve the sides up to three times. */
    private static int reduction(int has, int wants) {
        int reduction = 8;
        while (reduction > 1 && has < (long) LEAST_LEFT * wants * reduction) {
            reduction /= 2;
        }
        return reduction;
    }

    private static void requireSize(WordSamples samples, PictureHeader header, int reduction) throws IOException {
        int width = (header.width() + reduction - 1) / reduction;
        int height = (header.height() + reduction - 1) / reduction;
        if (samples.width() != width || samples.height() != height) {
            throw new IOException("its data are of another size than its header claims");
        }
    }

    /** Java's own decoder gives inks as they are stored, if nothing in the file says how to see them. */
    private static byte[] withoutApplications(byte[] file, List<JpegSegment> segments) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(file.length);
        plain.write(file, 0, 2);
        for (JpegSegment segment : segments) {
            if (!segment.isForApplications()) {
                plain.write(file, segment.at() - 4, segment.length() + 4);
            }
        }
        int scan = segments.get(segments.size() - 1).end();
        plain.write(file, scan, file.length - scan);
        return plain.toByteArray();
    }
}
