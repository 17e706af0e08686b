package org.saddlepoint.data.codecs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Formats that are recognised by their first bytes, so that their files can be named with what converts them. */
final class UnreadFormats {
    private static final String MAGICK = "convert them, for example with `magick IN OUT.png`";
    private static final String RAW = "convert them, for example with `darktable-cli IN OUT.png`";
    private static final String FRAMES = "save frames as pictures, such as with `ffmpeg -i IN frame-%06d.png`";
    private static final String POSTSCRIPT = "convert them, for example with `gs -sDEVICE=png16m -o OUT.png IN`";
    private static final String PAGES = "save pages as pictures, such as with `pdftoppm -png IN page`";

    /** A TIFF file whose first picture is not the one that was taken. */
    static final UnreadFormat CAMERA_RAW = new UnreadFormat("camera raw", RAW);

    private static final UnreadFormat AVIF =
            new UnreadFormat("AVIF", "convert them, for example with `avifdec IN OUT.png` or `magick IN OUT.png`");
    private static final UnreadFormat HEIC =
            new UnreadFormat("HEIC", "convert them, for example with `heif-convert IN OUT.png` or `magick IN OUT.png`");
    private static final UnreadFormat JPEG_XL =
            new UnreadFormat("JPEG XL", "convert them, for example with `djxl IN OUT.png`");
    private static final UnreadFormat VIDEO = new UnreadFormat("video", FRAMES);
    private static final UnreadFormat CUR = new UnreadFormat("CUR", MAGICK);
    private static final UnreadFormat TGA = new UnreadFormat("TGA", MAGICK);

    /** The file that Git has in place of a large one. */
    private static final UnreadFormat LFS_POINTER =
            new UnreadFormat("a pointer of Git LFS in place of the picture", "get the pictures with `git lfs pull`");

    /** Cursors have a count that is not 0 where a TGA file without a palette has one. */
    private static final String CURSOR = "(?s)\0\0\2\0(?!\0\0).*";

    /** Bytes at one place of a file, as Latin-1, and the format that they tell. */
    private record Mark(int at, String bytes, UnreadFormat format) {
        static Mark of(String bytes, String name, String hint) {
            return new Mark(0, bytes, new UnreadFormat(name, hint));
        }

        boolean isIn(String start) {
            return start.startsWith(bytes, at);
        }
    }

    private static final List<Mark> MARKS = List.of(
            new Mark(0, "\u00ff\n", JPEG_XL),
            new Mark(0, "\0\0\0\fJXL \r\n\u0087\n", JPEG_XL),
            Mark.of("\0\0\0\fjP  \r\n\u0087\n", "JPEG 2000", MAGICK),
            Mark.of("\u00ffO\u00ffQ", "JPEG 2000", MAGICK),
            Mark.of("II\u00bc\1", "JPEG XR", "convert them, for example with `JxrDecApp -i IN -o OUT.bmp`"),
            new Mark(8, "CR\2\0", CAMERA_RAW), // Canon, in what looks like TIFF
            new Mark(0, "IIRO", CAMERA_RAW), // Olympus, three kinds
            new Mark(0, "IIRS", CAMERA_RAW),
            new Mark(0, "MMOR", CAMERA_RAW),
            new Mark(0, "IIU\0", CAMERA_RAW), // Panasonic
            new Mark(0, "II\32\0\0\0HEAPCCDR", CAMERA_RAW), // Canon
            new Mark(0, "FUJIFILMCCD-RAW", CAMERA_RAW),
            new Mark(0, "FOVb", CAMERA_RAW), // Sigma
            new Mark(0, "\0MRM", CAMERA_RAW), // Minolta
            Mark.of("8BPS", "PSD (Photoshop)", MAGICK),
            Mark.of("gimp xcf", "XCF (GIMP)", MAGICK),
            Mark.of("\0\0\1\0", "ICO", MAGICK),
            Mark.of("icns", "ICNS", "convert them, for example with `icns2png -x IN`"),
            Mark.of("v/1\1", "OpenEXR", MAGICK),
            Mark.of("#?RADIANCE", "Radiance HDR", MAGICK),
            Mark.of("#?RGBE", "Radiance HDR", MAGICK),
            Mark.of("DDS ", "DDS", MAGICK),
            Mark.of("qoif", "QOI", MAGICK),
            Mark.of("SIMPLE  =", "FITS", MAGICK),
            Mark.of("\n\5\1", "PCX", MAGICK),
            Mark.of("\1\u00da\0\1", "SGI", MAGICK), // unpacked
            Mark.of("\1\u00da\1\1", "SGI", MAGICK), // packed
            Mark.of("farbfeld", "farbfeld", MAGICK),
            Mark.of("BPG\u00fb", "BPG", "convert them, for example with `bpgdec -o OUT.png IN`"),
            Mark.of("\u00d7\u00cd\u00c6\u009a", "WMF", MAGICK),
            new Mark(40, " EMF", new UnreadFormat("EMF", MAGICK)),
            Mark.of("\u00c5\u00d0\u00d3\u00c6", "PostScript", POSTSCRIPT), // with a preview, as Windows wrote it
            Mark.of("AT&TFORM", "DjVu", "save pages as pictures, such as with `ddjvu -format=tiff IN OUT.tif`"),
            new Mark(128, "DICM", new UnreadFormat("DICOM", "convert them, for example with `dcm2img IN OUT.png`")),
            Mark.of("%PDF-", "PDF", PAGES),
            Mark.of("%!PS", "PostScript", POSTSCRIPT),
            new Mark(0, "\32E\u00df\u00a3", VIDEO), // Matroska, WebM
            new Mark(8, "AVI ", VIDEO),
            new Mark(0, "FLV\1", VIDEO),
            new Mark(0, "OggS", VIDEO),
            new Mark(0, "\0\0\1\u00ba", VIDEO), // MPEG
            new Mark(0, "\0\0\1\u00b3", VIDEO),
            new Mark(0, "0&\u00b2u\u008ef\u00cf\21", VIDEO)); // ASF, WMV

    private UnreadFormats() {}

    /** @param start {@value PictureCodecs#START} bytes, or the whole file */
    static Optional<UnreadFormat> of(byte[] start) {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        return MARKS.stream()
                .filter(mark -> mark.isIn(latin))
                .map(Mark::format)
                .findFirst()
                .or(() -> latin.matches(CURSOR) ? Optional.of(CUR) : Optional.empty())
                .or(() -> latin.startsWith("ftyp", 4) ? Optional.of(ofBrands(latin)) : Optional.empty())
                .or(() -> ofText(latin));
    }

    /** Formats that no bytes tell. */
    static Optional<UnreadFormat> ofName(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".tga") ? Optional.of(TGA) : Optional.empty();
    }

    /** The ISO base media format: the brand that the file is best used as, and those that it is compatible with. */
    private static UnreadFormat ofBrands(String latin) {
        String brand = latin.substring(8, Math.min(12, latin.length()));
        int length = (latin.charAt(2) << 8) | latin.charAt(3);
        String all = latin.substring(8, Math.max(8, Math.min(length, latin.length())));
        if (all.contains("avif") || all.contains("avis")) {
            return AVIF;
        }
        return switch (brand) {
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1", "miaf" -> HEIC;
            case "crx " -> CAMERA_RAW; // Canon
            default -> VIDEO;
        };
    }

    private static Optional<UnreadFormat> ofText(String latin) {
        String text =
                latin.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg"))) {
            return Optional.of(new UnreadFormat("SVG", "convert them, for example with `rsvg-convert -o OUT.png IN`"));
        }
        if (latin.startsWith("version https://git-lfs.github.com/spec/")) {
            return Optional.of(LFS_POINTER);
        }
        if (latin.matches("(?s)(P[1-6Ff]\\s+(#[^\n]*\\s+)*\\d|P7\\s).*")) {
            return Optional.of(new UnreadFormat("plain or one-bit PNM", MAGICK));
        }
        return Optional.empty();
    }
}
