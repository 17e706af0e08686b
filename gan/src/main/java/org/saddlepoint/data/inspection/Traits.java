package org.saddlepoint.data.inspection;

import org.saddlepoint.data.Digest;
import org.saddlepoint.data.SourcePicture;

/**
 * What is kept of one picture after it was looked at.
 *
 * @param file what its file says
 * @param content identifies its samples; equal for exact copies
 * @param grey whether it shows no colour
 * @param evenness share of its pixels that have its commonest colour, 0 to 1
 * @param sharpness how sharp its edges are, see {@link Sharpness}; NaN if it has none
 * @param appearance for comparisons
 */
record Traits(File file, String content, boolean grey, float evenness, float sharpness, Appearance appearance) {

    /** A grey picture that went through colour JPEG may be off grey by this much. */
    private static final int GREY_TOLERANCE = 4;

    /**
     * What the file of a picture says.
     *
     * @param width columns
     * @param height rows
     * @param transparent whether any pixel is transparent
     */
    record File(int width, int height, boolean transparent) {
        long pixels() {
            return (long) width * height;
        }

        int shortSide() {
            return Math.min(width, height);
        }

        int longSide() {
            return Math.max(width, height);
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    static Traits of(SourcePicture picture) {
        Plane luma = Plane.luma(picture);
        boolean grey = isGrey(picture);
        Digest content = new Digest().add(picture.width()).add(picture.height()).add(picture.samples());
        return new Traits(
                new File(picture.fileWidth(), picture.fileHeight(), picture.transparent()),
                content.hex(),
                grey,
                Evenness.of(picture),
                Sharpness.of(luma),
                Appearance.of(picture, luma, grey));
    }

    private static boolean isGrey(SourcePicture picture) {
        byte[] samples = picture.samples();
        int pixels = picture.width() * picture.height();
        for (int i = 0; i < pixels; i++) {
            int red = samples[i] & 0xff;
            int green = samples[pixels + i] & 0xff;
            int blue = samples[2 * pixels + i] & 0xff;
            if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > GREY_TOLERANCE) {
                return false;
            }
        }
        return true;
    }
}
