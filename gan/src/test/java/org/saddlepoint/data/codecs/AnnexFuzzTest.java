package org.saddlepoint.data.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;

/**
 * Colour profiles and EXIF blocks as they are without the compression and checksums of the pictures around them: whatever
 * they are, the picture is read, so their readers throw nothing at all.
 */
class AnnexFuzzTest {
    private static final Fuzzing PROFILES = new Fuzzing(Format.of(
                    IntStream.of(ColorSpace.CS_LINEAR_RGB, ColorSpace.CS_sRGB, ColorSpace.CS_GRAY)
                            .mapToObj(space -> ICC_Profile.getInstance(space).getData())
                            .toList(),
                    AnnexFuzzTest::convert)
            .words(
                    "acsp", "mntr", "prtr", "scnr", "spac", "RGB ", "GRAY", "CMYK", "XYZ ", "Lab ", "rXYZ", "rTRC",
                    "kTRC", "A2B0", "curv", "para", "mft1", "mft2", "mAB ", "desc", "wtpt", "chad")
            .repaired(AnnexFuzzTest::withLength));

    private static final Fuzzing EXIF = new Fuzzing(Format.of(
                    List.of(
                            bytes("II*\0\b\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"),
                            bytes("Exif\0\0MM\0*\0\0\0\b\0\1\1\22\0\4\0\0\0\1\0\0\0\3\0\0\0\0")),
                    AnnexFuzzTest::orientation)
            .words("II*\0", "MM\0*", "\1\22\0\3", "\22\1\3\0", "\u00ff\u00ff\u00ff\u00ff", "Exif\0\0"));

    @Property
    void profiles(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        PROFILES.check(mutation);
    }

    @Property
    void exif(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        EXIF.check(mutation);
    }

    private static void convert(byte[] profile) {
        for (int components : new int[] {1, 3, 4}) {
            ColourProfile.read(profile, components).ifPresent(read -> {
                byte[] seen = new byte[3 * 5];
                read.convert(new byte[5 * components], seen);
                short[] fine = new short[3 * 5];
                read.convert(new short[5 * components], fine);
            });
        }
    }

    private static void orientation(byte[] block) {
        assertThat(Exif.orientation(block).orElse(1)).isBetween(1, 8);
    }

    /** A profile begins with its length. */
    private static byte[] withLength(byte[] profile) {
        byte[] repaired = profile.clone();
        if (repaired.length >= 4) {
            ByteBuffer.wrap(repaired).putInt(0, repaired.length);
        }
        return repaired;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
