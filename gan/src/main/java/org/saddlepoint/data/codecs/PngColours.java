package org.saddlepoint.data.codecs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the chunks of a PNG file say about its samples: palette, transparency, and the colours they are in (third edition,
 * 11.3.1 and 11.3.2).
 */
final class PngColours {
    /** The exponent of displays. */
    private static final double DISPLAY = 2.2;

    /** A gamma that differs from that of displays by less is taken to be theirs, as libpng does. */
    private static final double GAMMA_TOLERANCE = 0.05;

    private static final byte[] CICP_SRGB = {1, 13, 0, 1};

    private final byte[] file;
    private final Map<String, byte[]> chunks = new HashMap<>();

    private PngColours(byte[] file) {
        this.file = file;
    }

    /** @throws IOException if there should be a palette and is none */
    static Colours of(byte[] file, List<PngChunk> chunks) throws IOException {
        PngColours said = new PngColours(file);
        for (PngChunk chunk : chunks) {
            switch (chunk.name()) {
                case "IDAT" -> {
                    return said.colours(); // what comes behind the image data does not count
                }
                case "PLTE", "tRNS", "gAMA", "sRGB", "iCCP", "cICP" -> said.add(chunk);
                default -> {}
            }
        }
        return said.colours();
    }

    /** The first of a name counts; damaged ones do not, nor the opacity of a palette that is still to come. */
    private void add(PngChunk chunk) {
        boolean early = chunk.name().equals("tRNS") && PngImage.hasPalette(file) && !chunks.containsKey("PLTE");
        if (!early && !chunks.containsKey(chunk.name()) && chunk.isIntact()) {
            chunks.put(chunk.name(), chunk.data());
        }
    }

    private Colours colours() throws IOException {
        int bands = PngImage.bands(file);
        int depth = PngImage.depth(file);
        Optional<ColourProfile> profile = profile(bands < 3 && !PngImage.hasPalette(file) ? 1 : 3);
        if (PngImage.hasPalette(file)) {
            return palette(1 << depth, profile);
        }
        Colours colours = profile.map(known -> ProfileColours.of(known, bands, depth))
                .orElseGet(() -> new SampleColours(bands, curve(depth)));
        byte[] key = chunks.getOrDefault("tRNS", new byte[0]);
        return bands % 2 == 1 && key.length == 2 * bands ? new KeyColours(colours, key(key, depth)) : colours;
    }

    private static int[] key(byte[] chunk, int depth) {
        int[] key = new int[chunk.length / 2];
        for (int i = 0; i < key.length; i++) {
            key[i] = ByteBuffer.wrap(chunk).getShort(2 * i) & ((1 << depth) - 1);
        }
        return key;
    }

    /** @param places the values that a sample can have; those behind the end of the palette are black, as in viewers */
    private Colours palette(int places, Optional<ColourProfile> profile) throws IOException {
        byte[] stored = chunks.getOrDefault("PLTE", new byte[0]);
        if (stored.length == 0 || stored.length % 3 != 0) {
            throw new IOException("it has no palette");
        }
        byte[] seen = Arrays.copyOf(stored, 3 * places);
        profile.ifPresent(known -> known.convert(seen.clone(), seen));
        float[] curve = curve(8);
        float[] rgb = new float[seen.length];
        for (int i = 0; i < seen.length; i++) {
            rgb[i] = curve[seen[i] & 0xff];
        }
        float[] alpha = new float[places];
        Arrays.fill(alpha, 255);
        byte[] transparency = chunks.getOrDefault("tRNS", new byte[0]);
        for (int i = 0; i < transparency.length && transparency.length <= Math.min(places, stored.length / 3); i++) {
            alpha[i] = transparency[i] & 0xff;
        }
        return new PaletteColours(rgb, alpha);
    }

    /** The only method of compression that PNG has. */
    private static final byte DEFLATE = 0;

    /** PNG (third edition), 4.3: of what says the colours, {@code cICP} counts before {@code iCCP}. */
    private Optional<ColourProfile> profile(int components) {
        byte[] chunk = chunks.getOrDefault("iCCP", new byte[0]);
        int name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        if (Arrays.equals(chunks.get("cICP"), CICP_SRGB) || name + 2 > chunk.length || chunk[name + 1] != DEFLATE) {
            return Optional.empty();
        }
        byte[] deflated = Arrays.copyOfRange(chunk, name + 2, chunk.length);
        return Inflated.of(deflated, ColourProfile.LONGEST).flatMap(icc -> ColourProfile.of(icc, components));
    }

    /** PNG (third edition), 13.13: samples of another gamma are raised to 1 / (gamma · 2.2). */
    private float[] curve(int depth) {
        float[] curve = SampleColours.straight(depth);
        byte[] gamma = chunks.getOrDefault("gAMA", new byte[0]);
        boolean said = chunks.containsKey("iCCP")
                || chunks.containsKey("sRGB")
                || Arrays.equals(chunks.get("cICP"), CICP_SRGB);
        if (said || gamma.length != 4 || ByteBuffer.wrap(gamma).getInt() <= 0) {
            return curve;
        }
        double whole = ByteBuffer.wrap(gamma).getInt() / 100_000.0 * DISPLAY;
        if (Math.abs(whole - 1) < GAMMA_TOLERANCE) {
            return curve;
        }
        float[] raised = new float[curve.length];
        for (int v = 0; v < raised.length; v++) {
            raised[v] = (float) (255 * Math.pow(v / (raised.length - 1.0), 1 / whole));
        }
        return raised;
    }
}
