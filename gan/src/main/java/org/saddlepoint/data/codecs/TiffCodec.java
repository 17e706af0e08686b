package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** TIFF 6.0 and BigTIFF: the first picture. */
final class TiffCodec implements PictureCodec {
    /** In both orders of bytes, of TIFF and BigTIFF. */
    private static final List<String> SIGNATURES = List.of("II*\0", "MM\0*", "II+\0", "MM\0+");

    private static final String CANON_RAW = "CR\2\0";
    private static final int REDUCED_OR_MASK = 5; // bits of NewSubfileType
    private static final int MOST_ENTRIES = 1 << 20; // of all directories that are looked at

    @Override
    public String format() {
        return "TIFF";
    }

    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        return SIGNATURES.stream().anyMatch(latin::startsWith) && !latin.startsWith(CANON_RAW, 8);
    }

    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        return header(TiffDirectory.first(in));
    }

    private PictureHeader header(TiffDirectory directory) throws IOException {
        TiffSurvey.requireRead(directory);
        int photometric = TiffSurvey.photometric(directory);
        long orientation = directory.number(TiffTag.ORIENTATION, 1);
        return new PictureHeader(
                this,
                (int) Math.min(Integer.MAX_VALUE, directory.number(TiffTag.WIDTH, 0)),
                (int) Math.min(Integer.MAX_VALUE, directory.number(TiffTag.HEIGHT, 0)),
                photometric == TiffKind.WHITE_IS_ZERO || photometric == TiffKind.BLACK_IS_ZERO,
                orientation >= 1 && orientation <= 8 ? (int) orientation : 1);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        TiffPicture.of(TiffDirectory.first(file), file, header);
    }

    @Override
    public int pictures(byte[] file) {
        int pages = 0;
        int entries = 0;
        Set<Long> seen = new HashSet<>();
        try {
            TiffDirectory directory = TiffDirectory.first(file);
            while (true) {
                pages += (directory.number(TiffTag.KIND, 0) & REDUCED_OR_MASK) == 0 ? 1 : 0;
                entries += directory.size();
                if (directory.next() == 0 || !seen.add(directory.next()) || entries > MOST_ENTRIES) {
                    return pages;
                }
                directory = directory.at(file, directory.next());
            }
        } catch (IOException e) {
            return pages; // as far as it is not damaged
        }
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        TiffDirectory directory = TiffDirectory.first(file);
        TiffPicture picture = TiffPicture.of(directory, file, header);
        if (picture.kind().compression() == TiffKind.JPEG) {
            return new TiffJpeg(file, header, picture, directory).decoded();
        }
        Colours colours = TiffColours.of(directory, file, picture.kind());
        return channels -> new ColourRows(new TiffSamples(file, header, picture), colours, header, 1, channels);
    }
}
