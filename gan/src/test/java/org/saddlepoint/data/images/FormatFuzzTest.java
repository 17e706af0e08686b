package org.saddlepoint.data.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.images.GoldenPictures.Golden;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;

/** BMP, GIF, TIFF and PNM files, and JPEG within TIFF, mutated. */
class FormatFuzzTest {
    /** What decoding an image of the largest size that headers may claim takes at most. */
    private static final long IMAGE_MEMORY = 640L << 20;

    private static final Fuzzing BMP = of(
            "bmp",
            List.of(
                    "1-bit/header-40",
                    "4-bit/header-12",
                    "8-bit/header-124",
                    "16-bit/header-40",
                    "24-bit/header-64",
                    "32-bit/top-down",
                    "rle8/header-40",
                    "rle8-left-out/moves",
                    "rle4/header-40",
                    "rle4-left-out/moves",
                    "fields-argb/header-124",
                    "fields-4444/header-56",
                    "fields-565/header-40"),
            "BM",
            "\u0028\u0000\u0000\u0000",
            "\u007c\u0000\u0000\u0000",
            "\u0000\u0001",
            "\u0000\u0002\u00ff\u00ff",
            "\u00ff\u0000");

    private static final Fuzzing GIF = of(
            "gif",
            List.of(
                    "2-colours/global",
                    "16-colours/interlaced",
                    "256-colours/local",
                    "16-colours-variants/comments",
                    "16-colours-variants/small-blocks",
                    "offset-transparent/control",
                    "animated/whole"),
            "GIF89a",
            "\u0021\u00f9\u0004\u0001\u0000\u0000\u0006\u0000",
            "\u002c\u0000\u0000\u0000\u0000\u0011\u0000\r\u0000",
            "\u0000",
            ";");

    private static final Fuzzing TIFF = of(
            "tiff",
            List.of(
                    "grey-1/packbits-little",
                    "grey-4/deflate-big",
                    "grey-16/predictor",
                    "grey-8/tiles",
                    "rgb-8/lzw-little",
                    "rgb-8/planar-big",
                    "rgb-16/tiles",
                    "rgb-8/bigtiff",
                    "rgb-8/pages",
                    "rgba-8/unassociated",
                    "rgba-associated-16/plain",
                    "palette-8/lzw",
                    "cmyk-8/plain",
                    "fax/tiff_ccitt",
                    "fax/group3",
                    "fax/group4",
                    "oriented/6"),
            "II*\u0000",
            "MM\u0000*",
            "\u0003\u0001\u0003\u0000\u0001\u0000\u0000\u0000", // compression
            "\u0006\u0001\u0003\u0000\u0001\u0000\u0000\u0000", // photometric interpretation
            "\u0011\u0001\u0004\u0000",
            "\u0042\u0001\u0003\u0000\u0001\u0000\u0000\u0000",
            "\u0000\u0000\u0000\u0000");

    private static final Fuzzing TIFF_JPEG = of(
            "tiff-jpeg",
            List.of("grey-strips/file", "420-tables/file", "rgb-tiles/file", "libtiff/file"),
            "\u00ff\u00d8",
            "\u00ff\u00c0",
            "\u00ff\u00c2",
            "\u00ff\u00da",
            "\u00ff\u00dd");

    private static final Fuzzing PNM = new Fuzzing(Format.of(
                    List.of(
                            "P5 3 2 255\nabcdef".getBytes(StandardCharsets.ISO_8859_1),
                            "P6 #a\n1 2\n65535\nabcdefabcdef".getBytes(StandardCharsets.ISO_8859_1)),
                    FormatFuzzTest::decode,
                    IOException.class)
            .memory(IMAGE_MEMORY)
            .words("P5", "P6", "#", "\n", " ", "65535"));

    @Property
    void bmp(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        BMP.check(mutation);
    }

    @Property
    void gif(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        GIF.check(mutation);
    }

    @Property
    void tiff(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        TIFF.check(mutation);
    }

    @Property
    void jpegInTiff(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        TIFF_JPEG.check(mutation);
    }

    @Property
    void pnm(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        PNM.check(mutation);
    }

    private static Fuzzing of(String zip, List<String> names, String... words) {
        List<byte[]> files = GoldenPictures.of(zip)
                .filter(golden -> names.contains(golden.name()))
                .map(Golden::file)
                .toList();
        if (files.size() != names.size()) {
            throw new AssertionError("not all of " + names + " are in " + zip);
        }
        return new Fuzzing(Format.of(files, FormatFuzzTest::decode, IOException.class)
                .memory(IMAGE_MEMORY)
                .words(words));
    }

    private static void decode(byte[] file) throws IOException {
        PictureCodecs.of(file).ifPresent(codec -> codec.pictures(file));
        ImageDecoder.decode(file, 3, 6);
    }
}
