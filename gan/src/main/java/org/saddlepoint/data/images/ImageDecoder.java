package org.saddlepoint.data.images;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/** Turns the bytes of a PNG, JPEG or WebP file into squares of samples. */
final class ImageDecoder {
    private ImageDecoder() {}

    /**
     * @param file a whole image file
     * @param channels 1 for grey, 3 for colour
     * @param size side of the result in pixels
     * @return upright samples, CHW, of the image's central square
     * @throws IOException when the file is damaged; the message is the reason, in a few words
     */
    static byte[] decode(byte[] file, int channels, int size) throws IOException {
        return decode(file, header -> {
            BufferedImage image = read(header, file, true);
            byte[] planes = Resampler.square(new RasterRows(image, channels), size);
            return Orientation.upright(planes, size, header.orientation());
        });
    }

    /**
     * Views of the whole image, one behind the other.
     *
     * @param file a whole image file
     * @param size side of each view in pixels
     * @throws IOException when the file is damaged; the message is the reason, in a few words
     */
    static byte[] views(byte[] file, List<PictureView> views, int size) throws IOException {
        return decode(file, header -> {
            BufferedImage image = read(header, file, false);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (PictureView view : views) {
                all.write(view.of(image, header.orientation(), size));
            }
            return all.toByteArray();
        });
    }

    /**
     * The whole image in its own size.
     *
     * @param file a whole image file
     * @param channels 1 for grey, 3 for colour
     * @throws IOException when the file is damaged; the message is the reason, in a few words
     */
    static Picture picture(byte[] file, int channels) throws IOException {
        return decode(file, header -> {
            RasterRows rows = new RasterRows(read(header, file, false), channels);
            return Orientation.upright(Picture.of(rows), header.orientation());
        });
    }

    @FunctionalInterface
    private interface Decoding<T> {
        T apply(ImageHeader header) throws IOException;
    }

    private static <T> T decode(byte[] file, Decoding<T> decoding) throws IOException {
        ByteArrayInputStream stream = new ByteArrayInputStream(file);
        ImageHeader header = ImageHeader.read(stream);
        int headerEnd = file.length - stream.available();
        requireWhole(header.type(), file, headerEnd);
        requirePlausible(header, file, headerEnd);
        try {
            return decoding.apply(header);
        } catch (IOException | RuntimeException e) {
            // ImageIO's readers meet damage with exceptions of every kind
            throw new IOException("the " + header.type() + " image does not decode (" + oneLine(e) + ")", e);
        }
    }

    /** @param square whether the central square is enough */
    private static BufferedImage read(ImageHeader header, byte[] file, boolean square) throws IOException {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(header.type().name());
        if (!readers.hasNext()) {
            throw new IOException("no ImageIO reader for " + header.type() + " is on the class path");
        }
        ImageReader reader = readers.next();
        try (WholeImageInput input = new WholeImageInput(file)) {
            reader.setInput(input, true, true);
            if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
                throw new IOException("its data are of " + reader.getWidth(0) + "x" + reader.getHeight(0)
                        + " pixels but its header claims " + header.width() + "x" + header.height());
            }
            ImageReadParam param = reader.getDefaultReadParam();
            // TwelveMonkeys 3.12 garbles regions of lossless WebP; the resampler crops all the same
            if (square && header.width() != header.height() && header.type() != ImageHeader.Type.WEBP) {
                int side = header.shortSide();
                param.setSourceRegion(
                        new Rectangle((header.width() - side) / 2, (header.height() - side) / 2, side, side));
            }
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    /** ImageIO makes up what is missing of PNG and JPEG files that are cut off; so their ends are checked here. */
    private static void requireWhole(ImageHeader.Type type, byte[] file, int headerEnd) throws IOException {
        boolean whole =
                switch (type) {
                    case PNG -> PngChunks.areWhole(file);
                    case JPEG -> hasEndOfImage(file, headerEnd);
                    case WEBP -> // its RIFF header gives the length; some writers leave out the last padding byte
                        8L
                                        + Integer.toUnsignedLong(ByteBuffer.wrap(file)
                                                .order(ByteOrder.LITTLE_ENDIAN)
                                                .getInt(4))
                                <= file.length + 1L;
                };
        if (!whole) {
            throw new IOException("the " + type + " image is cut off or damaged; it has " + file.length + " bytes");
        }
    }

    /** Before memory is taken for all the pixels that a header claims, or time for all passes over them. */
    private static void requirePlausible(ImageHeader header, byte[] file, int headerEnd) throws IOException {
        long least =
                switch (header.type()) {
                    case PNG -> PngChunks.leastBytes(file);
                    case JPEG -> (long) header.width() * header.height() / JpegHeader.MOST_PIXELS_A_BYTE;
                    case WEBP -> 0; // a single colour takes no bits a pixel
                };
        if (file.length < least) {
            throw new IOException("the " + header.type() + " image claims " + header.width() + "x" + header.height()
                    + " pixels, which take at least " + least + " bytes, but has " + file.length);
        }
        if (header.type() == ImageHeader.Type.JPEG && JpegHeader.scans(file, headerEnd) > JpegHeader.MOST_SCANS) {
            throw new IOException("the JPEG image has more than " + JpegHeader.MOST_SCANS + " scans");
        }
    }

    private static boolean hasEndOfImage(byte[] file, int from) {
        for (int i = file.length - 1; i > from; i--) {
            if (file[i] == (byte) 0xd9 && file[i - 1] == (byte) 0xff) {
                return true;
            }
        }
        return false;
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(e.getClass().getSimpleName());
    }
}
