package org.saddlepoint.data.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.SourcePicture;
import org.saddlepoint.data.codecs.DecodedPicture;
import org.saddlepoint.data.codecs.PictureCodecs;
import org.saddlepoint.data.codecs.PictureHeader;
import org.saddlepoint.data.codecs.PixelRows;

/** Turns the bytes of a picture file into samples. */
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
        return decode(file, size, (picture, orientation) -> {
            byte[] planes = Resampler.square(picture.rows(channels), size);
            return Orientation.upright(planes, size, orientation);
        });
    }

    /**
     * The central square in colour, as {@link #decode(byte[], int, int)} gives it, with what the file says of the whole.
     *
     * @param file a whole image file
     * @param size side of the result in pixels
     * @throws IOException when the file is damaged; the message is the reason, in a few words
     */
    static SourcePicture source(byte[] file, int size) throws IOException {
        return decode(file, size, (picture, orientation) -> {
            PixelRows rows = picture.rows(3);
            byte[] planes = Orientation.upright(Resampler.square(rows, size), size, orientation);
            boolean turned = orientation >= PictureHeader.FIRST_TRANSPOSED;
            return new SourcePicture(
                    turned ? rows.fullHeight() : rows.fullWidth(),
                    turned ? rows.fullWidth() : rows.fullHeight(),
                    rows.sawTransparency(),
                    size,
                    size,
                    planes);
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
        boolean halved = views.stream().anyMatch(view -> view.half() != PictureView.Half.WHOLE);
        // a half is to keep as many pixels as a whole picture would
        return decode(file, halved ? 2 * size : size, (picture, orientation) -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (PictureView view : views) {
                all.write(view.of(picture, orientation, size));
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
        return decode(
                file,
                PictureHeader.LONGEST_SIDE,
                (picture, orientation) -> Orientation.upright(Picture.of(picture.rows(channels)), orientation));
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(DecodedPicture picture, int orientation) throws IOException;
    }

    private static <T> T decode(byte[] file, int shortSide, Use<T> use) throws IOException {
        PictureHeader header = PictureCodecs.header(file);
        header.codec().check(file, header);
        try {
            return use.of(header.codec().decode(file, header, shortSide), header.orientation());
        } catch (DataException e) {
            throw e; // not the file's fault
        } catch (IOException | RuntimeException e) {
            // decoders meet damage with exceptions of every kind
            throw new IOException("the " + header.format() + " image does not decode (" + oneLine(e) + ")", e);
        }
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(e.getClass().getSimpleName());
    }
}
