package org.saddlepoint.data.codecs;

import java.awt.image.Raster;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** PNG (third edition), and of animated PNG the picture that other programs see. */
final class PngCodec implements PictureCodec {

    @Override
    public String format() {
        return "PNG";
    }

    @Override
    public long mostPixels() {
        return 1L << 26;
    }

    @Override
    public boolean recognises(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).startsWith("\u0089PNG\r\n\u001a\n");
    }

    /**
     * PNG (third edition), 11.2.1: IHDR comes first. EXIF may come behind the image data, where only {@link #header(byte[])}
     * looks for it: reading every large picture to its end would make a folder slow to open.
     */
    @Override
    public PictureHeader header(DataInputStream in) throws IOException {
        in.skipNBytes(12); // signature and length of the chunk
        if (in.readInt() != 0x49484452) {
            throw new IOException("a PNG file without its IHDR chunk");
        }
        int width = in.readInt();
        int height = in.readInt();
        int depth = in.readUnsignedByte();
        int colourType = in.readUnsignedByte();
        PngImage.requireKnown(colourType, depth);
        in.skipNBytes(7); // the rest of the chunk, and its checksum
        return new PictureHeader(this, width, height, PngImage.isGrey(colourType), orientation(in));
    }

    private static int orientation(DataInputStream in) throws IOException {
        try {
            while (true) {
                long length = Integer.toUnsignedLong(in.readInt());
                String name = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
                if (name.equals("IDAT") || name.length() < 4) {
                    return 1;
                }
                if (PngExif.mayBeIn(name) && length <= PngExif.LONGEST) {
                    byte[] data = in.readNBytes((int) length);
                    OptionalInt orientation = PngExif.orientation(name, data);
                    if (in.readInt() == PngChunk.checksum(name, data) && orientation.isPresent()) {
                        return orientation.getAsInt();
                    }
                } else {
                    in.skipNBytes(length + 4);
                }
            }
        } catch (EOFException e) {
            return 1; // cut off, which check() reports
        }
    }

    @Override
    public PictureHeader header(byte[] file) throws IOException {
        PictureHeader header = PictureCodec.super.header(file);
        int orientation = PngChunks.of(file).stream()
                .filter(chunk -> PngExif.mayBeIn(chunk.name()) && chunk.length() <= PngExif.LONGEST)
                .filter(PngChunk::isIntact)
                .map(chunk -> PngExif.orientation(chunk.name(), chunk.data()))
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElse(1);
        return new PictureHeader(this, header.width(), header.height(), header.grey(), orientation);
    }

    @Override
    public void check(byte[] file, PictureHeader header) throws IOException {
        if (!PngChunks.areWhole(file)) {
            throw new IOException("the PNG image is cut off or damaged; it has " + file.length + " bytes");
        }
        long least = PngChunks.leastBytes(file);
        if (file.length < least) {
            throw new IOException("the PNG image claims " + header.width() + "x" + header.height()
                    + " pixels, which take at least " + least + " bytes, but has " + file.length);
        }
    }

    @Override
    public DecodedPicture decode(byte[] file, PictureHeader header, int shortSide) throws IOException {
        List<PngChunk> chunks = PngChunks.of(file);
        Colours colours = PngColours.of(file, chunks);
        Raster raster = ImageIoReading.image(PngImage.plain(file, chunks), header);
        return channels -> new ColourRows(new RasterSamples(raster), colours, header, 1, channels);
    }
}
