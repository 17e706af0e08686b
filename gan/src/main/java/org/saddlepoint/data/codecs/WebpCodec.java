package org.saddlepoint.data.codecs;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** WebP (RFC 9649), lossy and lossless, and of animated files the first picture. */
final class WebpCodec implements PictureCodec {
    private static final int RIFF = 12; // bytes before the first chunk

    @Override
    public String format() {
        return "WEBP";
    }

    /** A small file can claim the most pixels; the decoder then takes 8 bytes for each. */
    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        return latin.startsWith("RIFF") && latin.startsWith("WEBP", 8);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        if (RIFF - 4 + riffBytes(file) > file.length + 1L) { // some writers leave out the last byte, which fills up
            throw new IOException("the WEBP image is cut off or damaged; it has " + file.length + " bytes");
        }
    }

    private static long riffBytes(byte[] file) {
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        byte[] whole = RIFF - 4 + riffBytes(file) > file.length ? Arrays.copyOf(file, file.length + 1) : file;
        List<WebpChunk> chunks = WebpChunk.between(whole, RIFF, whole.length);
        int flags = WebpChunk.first(chunks, "VP8X")
                .map(chunk -> (int) whole[chunk.at()])
                .orElse(0);
        WordSamples samples =
                (flags & WebpHeader.ANIMATION) != 0 ? WebpAnimation.first(chunks, header) : Leptonica.webp(whole);
        if (samples.width() != header.width() || samples.height() != header.height()) {
            throw new IOException("its data are of another size than its header claims");
        }
        Optional<ColourProfile> profile = (flags & WebpHeader.PROFILE) == 0
                ? Optional.empty()
                : WebpChunk.first(chunks, "ICCP").flatMap(chunk -> ColourProfile.of(chunk.data(), 3));
        Colours colours = profile.map(known -> ProfileColours.of(known, samples.bands(), 8))
                .orElseGet(() -> SampleColours.ofBytes(samples.bands()));
        return channels -> new ColourRows(samples, colours, header, 1, channels);
    }

    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        in.skipNBytes(RIFF);
        return WebpHeader.read(this, in);
    }
}
