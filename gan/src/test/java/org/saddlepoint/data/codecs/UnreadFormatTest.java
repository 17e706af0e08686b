package org.saddlepoint.data.codecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first bytes of files as their programs write them. */
class UnreadFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "AVIF | 0000002066747970 61766966 00000000 61766966 6d696631 6d696166 4d413142",
                "AVIF | 0000002066747970 6d696631 00000000 6d696631 61766966 6d696166 4d413142",
                "HEIC | 0000001866747970 68656963 00000000 6d696631 68656963",
                "HEIC | 0000001866747970 6d696631 00000000 6d696631 68656963",
                "JPEG XL | ff0a 7f80 0002",
                "JPEG XL | 0000000c 4a584c20 0d0a870a 00000014 66747970 6a786c20",
                "JPEG 2000 | 0000000c 6a502020 0d0a870a 00000014 66747970 6a703220",
                "JPEG 2000 | ff4fff51 002f",
                "JPEG XR | 4949bc01 20000000",
                "SVG | 3c737667 20786d6c6e73",
                "SVG | efbbbf 3c3f786d6c2076657273696f6e3d22312e30223f3e 0a 3c737667",
                "PSD (Photoshop) | 38425053 0001 000000000000 0003",
                "ICO | 00000100 0100 2020",
                "CUR | 00000200 0100 2020",
                "OpenEXR | 762f3101 02000000",
                "Radiance HDR | 233f52414449414e43450a",
                "FITS | 53494d504c4520203d 2020",
                "QOI | 716f6966 00000010",
                "ICNS | 69636e73 00001000",
                "PCX | 0a050108 0000",
                "SGI | 01da0101 0003",
                "SGI | 01da0001 0003",
                "farbfeld | 66617262 66656c64 00000010",
                "BPG | 425047fb 2000",
                "WMF | d7cdc69a 0000",
                "EMF | 0100000058000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 20454d46",
                "PostScript | c5d0d3c6 1e000000",
                "DjVu | 41542654464f524d 00000100 444a5655",
                "DDS | 44445320 7c000000",
                "camera raw | 49492a00 10000000 43520200",
                "camera raw | 4949524f 08000000",
                "camera raw | 49495500 18000000",
                "camera raw | 46554a4946494c4d4343442d524157 20",
                "camera raw | 0000001866747970 63727820 00000001",
                "PDF | 255044462d312e37",
                "PostScript | 252150532d41646f6265",
                "video | 0000002066747970 69736f6d 00000200 69736f6d 69736f32",
                "video | 0000001466747970 71742020 20050300",
                "video | 1a45dfa3 01000000",
                "video | 52494646 24000000 41564920",
                "plain or one-bit PNM | 50330a 23 20 61 0a 32 20 32",
                "plain or one-bit PNM | 50370a 5749445448",
                "plain or one-bit PNM | 50340a 38 20 38 0a"
            })
    void formatsThatAreNotReadAreNamed(String name, String hex) {
        byte[] start = bytes(hex);
        assertThat(PictureCodecs.of(start)).isEmpty();
        assertThat(PictureCodecs.unread(start)).map(UnreadFormat::name).hasValue(name);
        assertThatThrownBy(() -> PictureCodecs.header(start))
                .hasMessageStartingWith(name + " is not read; ")
                .hasMessageContaining("IN");
        assertThat(PictureCodecs.unread(Arrays.copyOf(start, PictureCodecs.START)))
                .map(UnreadFormat::name)
                .hasValue(name);
    }

    @Test
    void dicomHasItsMarkBehindAPreamble() {
        byte[] start = new byte[PictureCodecs.START];
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, start, 128, 4);
        assertThat(PictureCodecs.unread(start)).map(UnreadFormat::name).hasValue("DICOM");
    }

    @Test
    void aPointerOfGitLfsIsNoDamage() {
        byte[] pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> PictureCodecs.header(pointer))
                .hasMessage("a pointer of Git LFS in place of the picture is not read; get the pictures with"
                        + " `git lfs pull`");
        assertThat(PictureCodecs.unread(pointer)).isPresent();
    }

    /** Its first bytes are those of a cursor, but for the count. */
    @Test
    void tgaWithoutPaletteIsNoCursor() {
        assertThat(PictureCodecs.unread(bytes("00000200 0000 0000 0000 0000 2000 2000 1820")))
                .isEmpty();
    }

    @Test
    void tgaIsToldByItsName() {
        assertThat(PictureCodecs.unread("a/B.TGA")).map(UnreadFormat::name).hasValue("TGA");
        assertThat(PictureCodecs.unread("a/tga.bin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "B",
                "BM",
                "BMW is a maker of cars in Munich, Germany",
                "II",
                "MMXXVI",
                "GIF",
                "P5",
                "P1 was the first of seven prototypes",
                "Page 1",
                "{\"a\": 1}",
                "<?xml version=\"1.0\"?><annotation/>",
                "name,label\n"
            })
    void otherFilesAreNoPictures(String text) {
        byte[] start = text.getBytes(StandardCharsets.UTF_8);
        assertThat(PictureCodecs.of(start)).isEmpty();
        assertThat(PictureCodecs.unread(start)).isEmpty();
    }

    @Test
    void theMessageListsWhatIsRead() {
        assertThat(PictureCodecs.FORMATS).isEqualTo("PNG, JPEG, WEBP, GIF, BMP, TIFF or PNM");
        assertThatThrownBy(() -> PictureCodecs.header("hello".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("no PNG, JPEG, WEBP, GIF, BMP, TIFF or PNM image; it begins with \"hello\"");
    }

    private static byte[] bytes(String hex) {
        String digits = hex.replace(" ", "");
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
