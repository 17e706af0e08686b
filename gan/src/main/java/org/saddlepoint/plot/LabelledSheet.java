package org.saddlepoint.plot;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.saddlepoint.run.RunException;

/**
 * A sheet of images with a name beside each row, such as the class of its images, and a line below. The sheet itself is
 * unchanged; {@link SheetFrame} says how the text is set.
 *
 * @param sheet the images
 * @param names one for each row, from the top; or none
 * @param footer the line below; empty for none
 */
public record LabelledSheet(SampleSheet sheet, List<String> names, String footer) {
    /** The largest width of the margin with the names, in pixels. */
    public static final int WIDEST = SheetFrame.WIDEST;

    /** @throws IllegalArgumentException if there are names, but not one for each row */
    public LabelledSheet {
        names = new SheetFrame(sheet, names, footer).names();
    }

    /** The same without a line below. */
    public LabelledSheet(SampleSheet sheet, List<String> names) {
        this(sheet, names, "");
    }

    /**
     * Draws names and sheet.
     *
     * @param pixels as of {@link SampleSheet#render}
     */
    public BufferedImage render(float[] pixels) {
        return new SheetFrame(sheet, names, footer).around(List.of(new SheetFrame.Part("", sheet.render(pixels))));
    }

    /**
     * Draws names and sheet as PNG in memory, with the bytes that {@link #write} puts into a file.
     *
     * @param pixels as of {@link SampleSheet#render}
     */
    public byte[] png(float[] pixels) {
        return Png.bytes(render(pixels));
    }

    /**
     * Draws names and sheet into a PNG file, which appears whole or not at all.
     *
     * @param pixels as of {@link SampleSheet#render}
     * @throws RunException if the file cannot be written
     */
    public void write(float[] pixels, Path file) {
        Png.write(render(pixels), file);
    }
}
